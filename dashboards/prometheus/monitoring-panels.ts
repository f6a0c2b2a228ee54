import type { Alert } from "../../kit/alerts/alert";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";
import { prometheusJob } from "../../metrics/prometheus/prometheus-metrics";

/** Scrape interval of the monitoring programs, and their text without data. */
export const scraped = { scrapeSeconds: prometheusJob.intervalSeconds, empty: "not scraped" } as const;

/** Graphs of measures, by title, three in a line. An alert that the environment does not have has no graph. */
export function alertMeasures(alerts: Readonly<Record<string, Alert | false | undefined>>): Panel[] {
  return Object.entries(alerts).flatMap(([title, alert]) => (alert ? [alertPanel(alert, { title, width: 8 })] : []));
}
