import type { Alert } from "../../kit/alerts/alert";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";
import { type List, present } from "../../kit/lists";
import { prometheusJob } from "../../metrics/prometheus/prometheus-metrics";

/** All of it is scraped in the charts' own rhythm. */
export const scraped = { scrapeSeconds: prometheusJob.intervalSeconds, empty: "not scraped" } as const;

/** Graphs of what alerts measure, three in a line. */
export function alertMeasures(alerts: List<Alert>): Panel[] {
  return present(alerts).map((alert) => alertPanel(alert, { width: 8 }));
}
