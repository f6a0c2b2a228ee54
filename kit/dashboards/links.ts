import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { type DashboardLink, DashboardLinkType } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Logql } from "../queries/query";
import { explorePath } from "./explore-link";
import { dataSource } from "./panel-queries";

export type Link = Builder<DashboardLink>;

interface LinkForm {
  readonly title: string;
  /** The text that appears when the pointer is on the link. @default no text appears */
  readonly tooltip?: string;
  readonly url: string;
}

/** A link that is visible in a dashboard: by default, Grafana would hide it in a menu. */
export function link({ title, tooltip = "", url }: LinkForm): Link {
  return {
    build: () => ({
      type: DashboardLinkType.Link,
      title,
      tooltip,
      url,
      icon: "external link",
      tags: [],
      asDropdown: false,
      targetBlank: true,
      includeVars: false,
      keepTime: false,
    }),
  };
}

/** A menu of the dashboards with a tag. They open with the same time range and the same values of variables. */
export function otherDashboards(title: string, tag: string): Link {
  return {
    build: () => ({
      type: DashboardLinkType.Dashboards,
      title,
      tooltip: "",
      icon: "dashboard",
      tags: [tag],
      asDropdown: true,
      targetBlank: false,
      includeVars: true,
      keepTime: true,
    }),
  };
}

/** A link to log lines in the time range of the dashboard. */
export function logsLink(title: string, { text }: Logql): Link {
  const url = explorePath({
    dataSource: dataSource.logql.uid,
    type: "loki",
    expression: text,
    from: "${__from}",
    to: "${__to}",
  });
  return link({ title, url });
}

/**
 * A link to the issues of an environment in Sentry, in the time range of the dashboard.
 * https://docs.sentry.io/concepts/search/
 */
export function sentryLink(issues: string, environment: string): Link {
  const query = `environment=${environment}&start=\${__from:date:iso}&end=\${__to:date:iso}&utc=true`;
  return link({
    title: "Issues in Sentry",
    tooltip: "Exceptions with their stack traces",
    url: `${issues}${issues.includes("?") ? "&" : "?"}${query}`,
  });
}
