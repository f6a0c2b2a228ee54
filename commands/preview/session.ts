import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import type { Drawn, Session } from "../../preview/src/session";
import type { Sources } from "./sources";

/** What the page gets: dashboards, and where on the server of the page their answers come from. */
export function session(
  environment: string,
  dashboards: readonly Drawn[],
  { loki, slices, stories }: Sources,
): Session {
  const sources = { prometheus: "/api/prometheus", ...(loki && { loki: "/api/loki" }), scrapeSeconds };
  return { environment, dashboards, sources, slices, stories };
}
