import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Thresholds } from "./thresholds";

/**
 * The value up to which an axis reaches at least. With a limit, its line is in the upper half of a quiet graph. Without
 * one, it is less than what usually is shown: it matters only where all values are 0, which Grafana would draw on an axis
 * up to 100, which is 10,000 %.
 */
export function softMax(unit: string, thresholds: Thresholds = []): number {
  const limit = Math.max(0, ...thresholds.map(({ from }) => from ?? 0));
  if (limit === 0) return least[unit] ?? 0.5;
  // A share rarely exceeds the whole. Its line is not to lie on the edge.
  const top = Number((1.5 * limit).toPrecision(6));
  return unit === units.PercentUnit && limit <= 1 ? Math.min(top, 1.1) : top;
}

/** Grafana's units that have usual values below 1, or far above. */
const least: Readonly<Record<string, number>> = {
  [units.PercentUnit]: 0.01,
  [units.Seconds]: 0.001,
  [units.CountsPerSecond]: 0.1,
  [units.RequestsPerSecond]: 0.1,
  [units.OpsPerSecond]: 0.1,
};
