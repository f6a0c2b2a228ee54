import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import type { Target } from "../../kit/dashboards/targets";
import { inSeconds } from "../../kit/queries/duration";

/** Intervals with which Grafana evaluates a query of a panel that shows an hour. */
export interface Intervals {
  /** Seconds between two points: `$__interval`. */
  readonly stepSeconds: number;
  /** Seconds of `$__rate_interval`. */
  readonly rateSeconds: number;
}

/**
 * A panel that does not limit its points is wide enough to show each scrape of an hour. The interval of a query
 * replaces the interval of its panel in the step, and `$__rate_interval` is at least four times the interval of the
 * query.
 * @see https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
 */
export function intervalsOf(
  { interval, maxDataPoints }: Pick<Panel, "interval" | "maxDataPoints">,
  query: Pick<Target, "interval" | "intervalFactor">,
): Intervals {
  const least = maxDataPoints ? roundStep(3600 / maxDataPoints) : 0;
  const ofPanel = Math.max(secondsOf(interval), least);
  const ofQuery = secondsOf(query.interval);
  return {
    stepSeconds: (query.interval ? Math.max(ofQuery, least) : ofPanel) * (query.intervalFactor ?? 1),
    rateSeconds: Math.max(ofPanel + ofQuery, 4 * ofQuery),
  };
}

function secondsOf(interval: string | null | undefined): number {
  return inSeconds(interval ?? "") || scrapeSeconds;
}

/** Steps that Grafana rounds to, each with the number of seconds below which Grafana uses it. */
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
