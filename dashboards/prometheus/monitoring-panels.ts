import type { Environment } from "../../config/environment";
import type { Alert } from "../../kit/alerts/alert";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";
import { jobs } from "../../metrics/jobs";

/** All of it is scraped in the charts' own rhythm. */
export const scraped = { scrapeSeconds: jobs.prometheus.intervalSeconds, empty: "not scraped" } as const;

/** What alerts measure, three in a line. */
export function measured(alerts: readonly Alert[], { runbookBaseUrl }: Pick<Environment, "runbookBaseUrl">): Panel[] {
  return alerts.map((alert) => alertPanel(alert, { runbookBaseUrl, width: 8 }));
}
