import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import type { PageDashboard, Session } from "../../preview/src/session";
import type { Sources } from "./sources";

/** The data for the page: dashboards, and the paths of their data sources on the page's server. */
export function session(
  environment: string,
  dashboards: readonly PageDashboard[],
  { loki, slices, stories }: Sources,
): Session {
  const sources = { prometheus: "/api/prometheus", ...(loki && { loki: "/api/loki" }), scrapeSeconds };
  return { environment, dashboards, sources, slices, stories };
}
