import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Thresholds } from "./thresholds";

/**
 * The value up to which an axis reaches at least. With a limit, its line is in the upper half of a quiet graph. Without
 * one, a quiet graph shows the smallest values that matter: where all values are 0, Grafana would draw an axis up to 100,
 * which is 10,000 %.
 */
export function softMax(unit: string, thresholds: Thresholds = []): number {
  const limit = Math.max(0, ...thresholds.map(({ from }) => from ?? 0));
  if (limit === 0) return quiet[unit] ?? 1;
  // A share rarely exceeds the whole.
  const top = Number((1.5 * limit).toPrecision(6));
  return unit === units.PercentUnit && limit < 1 ? Math.min(top, 1) : top;
}

/** Grafana's units in which 1 is much. */
const quiet: Readonly<Record<string, number>> = {
  [units.PercentUnit]: 0.01,
  [units.Seconds]: 0.1,
  [units.BytesIEC]: 1024,
  [units.BytesPerSecondIEC]: 1024,
  [units.CountsPerSecond]: 0.1,
  [units.RequestsPerSecond]: 0.1,
  [units.OpsPerSecond]: 0.1,
  [units.RowsPerSecond]: 0.1,
};
