import type { Severity } from "../../kit/alerts/alert";
import type { Window } from "../../metrics/erp-slos/request-tallies";

export interface BurnRate {
  readonly factor: number;
  /** Long window: whether the burn is significant. */
  readonly long: Window;
  /** Short window: whether the burn continues. */
  readonly short: Window;
  readonly severity: Severity;
}

/** https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts */
export const burnRates = [
  { factor: 14.4, long: "1h", short: "5m", severity: "critical" },
  { factor: 6, long: "6h", short: "30m", severity: "critical" },
  { factor: 3, long: "1d", short: "2h", severity: "warning" },
  { factor: 1, long: "3d", short: "6h", severity: "warning" },
] as const satisfies readonly BurnRate[];
