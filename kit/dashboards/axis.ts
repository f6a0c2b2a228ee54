import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Steps } from "./thresholds";

/**
 * The value up to which an axis reaches at least. With a limit, the line of the limit is in the upper half of the graph
 * while values are low. Without one, it is lower than the usual values, and matters only while all values are 0:
 * Grafana would then draw an axis up to 100, which is 10,000 %.
 */
export function softMax(unit: string, steps: Steps = []): number {
  const limit = Math.max(0, ...steps.map(({ from }) => from ?? 0));
  if (limit === 0) return lowTop[unit] ?? 0.5;
  // A share rarely exceeds 100 %. The line of its limit must not lie on the edge of the graph.
  const top = Number((1.5 * limit).toPrecision(6));
  return unit === units.PercentUnit && limit <= 1 ? Math.min(top, 1.1) : top;
}

/** The value for units whose usual values are not around 1. */
const lowTop: Readonly<Record<string, number>> = {
  [units.PercentUnit]: 0.01,
  [units.Seconds]: 0.001,
  [units.CountsPerSecond]: 0.1,
  [units.RequestsPerSecond]: 0.1,
  [units.OpsPerSecond]: 0.1,
};
