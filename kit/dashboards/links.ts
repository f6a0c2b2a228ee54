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

/** A link that Grafana's own default would hide in a menu. */
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

/** The other dashboards of a tag, with the same time and the same values of variables. */
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

/** Log lines of the time that is shown. */
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

/** What Sentry knows of an environment in the time that is shown. https://docs.sentry.io/concepts/search/ */
export function sentryLink(issues: string, environment: string): Link {
  const query = `environment=${environment}&start=\${__from:date:iso}&end=\${__to:date:iso}&utc=true`;
  return link({
    title: "Issues in Sentry",
    tooltip: "Exceptions with their stack traces",
    url: `${issues}${issues.includes("?") ? "&" : "?"}${query}`,
  });
}
