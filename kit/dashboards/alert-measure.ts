import type { AnyAlert } from "../alerts/alert";

type Measured = Pick<AnyAlert, "comparison" | "measures">;

/** The aggregation that keeps the series closest to the limit of an alert, or beyond it. */
export function nearestTo({ comparison }: Measured): "topk" | "bottomk" {
  return comparison === ">" ? "topk" : "bottomk";
}

/** Whether a query of a panel is a measure of the alert: all of its series, or those closest to the limit. */
export function drawsMeasure(alert: Measured, expr = ""): boolean {
  const drawn = expr.startsWith(`${nearestTo(alert)}(`) ? expr.match(/^\w+\(\d+, (.+)\)$/s)?.[1] : undefined;
  return alert.measures.some(({ text }) => text === expr || text === drawn);
}
