import type { Alert } from "../../kit/alerts/alert";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";
import { prometheusJob } from "../../metrics/prometheus/prometheus-metrics";

/** All of it is scraped in the charts' own rhythm. */
export const scraped = { scrapeSeconds: prometheusJob.intervalSeconds, empty: "not scraped" } as const;

/** Graphs of what alerts measure under their titles, three in a line. An alert that the environment lacks has none. */
export function alertMeasures(alerts: Readonly<Record<string, Alert | false | undefined>>): Panel[] {
  return Object.entries(alerts).flatMap(([title, alert]) => (alert ? [alertPanel(alert, { title, width: 8 })] : []));
}
