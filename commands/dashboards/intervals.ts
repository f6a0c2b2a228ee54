import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import type { Target } from "../../kit/dashboards/model";
import { inSeconds } from "../../kit/queries/duration";

/** How Grafana evaluates a query of a panel that shows an hour. */
export interface Intervals {
  /** Seconds between two points: `$__interval`. */
  readonly stepSeconds: number;
  /** `$__rate_interval`. */
  readonly rateSeconds: number;
}

/**
 * A panel that does not limit its points is wide enough to show each scrape of an hour. `$__rate_interval` follows the
 * interval of the query, and not that of the panel.
 * @see https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
 */
export function intervalsOf(
  panel: Pick<Panel, "interval" | "maxDataPoints">,
  { interval, intervalFactor = 1 }: Target,
): Intervals {
  const shown = Math.max(secondsOf(panel.interval), panel.maxDataPoints ? roundStep(3600 / panel.maxDataPoints) : 0);
  const scraped = secondsOf(interval);
  return {
    stepSeconds: Math.max(interval ? scraped : 0, shown) * intervalFactor,
    rateSeconds: Math.max(shown + scraped, 4 * scraped),
  };
}

function secondsOf(interval: string | null | undefined): number {
  return inSeconds(interval ?? "") || scrapeSeconds;
}

/** Steps that Grafana rounds to, each below the number of seconds that is rounded to the next one. */
const steps = [
  [17.5, 15],
  [25, 20],
  [45, 30],
  [90, 60],
  [210, 120],
  [450, 300],
] as const;

function roundStep(seconds: number): number {
  return steps.find(([below]) => seconds < below)?.[1] ?? seconds;
}
