import type { AnyAlert } from "../alerts/alert";

type Measured = Pick<AnyAlert, "comparison" | "measures">;

/** The aggregation that keeps the series which are nearest to an alert's limit, or beyond it. */
export function nearestTo({ comparison }: Measured): "topk" | "bottomk" {
  return comparison === ">" ? "topk" : "bottomk";
}

/** Whether a query of a panel is a measure of the alert: whole, or those of its series that are nearest to the limit. */
export function drawsMeasure(alert: Measured, expr = ""): boolean {
  const drawn = expr.startsWith(`${nearestTo(alert)}(`) ? expr.match(/^\w+\(\d+, (.+)\)$/s)?.[1] : undefined;
  return alert.measures.some(({ text }) => text === expr || text === drawn);
}
