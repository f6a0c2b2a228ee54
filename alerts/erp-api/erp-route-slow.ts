import { type Alert, alert } from "../../kit/alerts/alert";
import { valueText } from "../../kit/alerts/value-text";
import { boundary } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { slowShare } from "../erp-processes/slow-share";

const on = ["namespace", "method", "route"] as const;

/** One route is slow, but it gets too few requests to show in the error budget. */
export function erpRouteSlow({ http }: Pick<Inventory, "http">): Alert {
  const bound = slowSeconds(http.bounds);
  const byRoute = (perSecond: Promql) => promql`sum by (${on.join(", ")}) (${perSecond})`;
  const requests = byRoute(http.timed("10m"));
  return alert({
    ...slowShare({
      bucket: http.traffic.duration,
      bound: boundary(bound),
      all: requests,
      slow: promql`${byRoute(http.slow("10m", bound))} / ${requests}`,
      absent: "ErpDown or ErpTrafficDrop fires",
    }),
    name: "ErpRouteSlow",
    group: "erp-latency",
    severity: "warning",
    service: "erp-api",
    team: "erp",
    causedBy: ["latency-slo", "erp-api", "postgresql", "redis"],
    on,
    summary: "One route of the ERP is slow.",
    description: `${valueText("ratio")} of the {{ $labels.method }} requests to {{ $labels.route }} in {{ $labels.namespace }} take longer than ${bound} s.`,
  });
}

/** The largest bound of the histogram up to two and a half seconds. */
function slowSeconds(bounds: readonly number[]): number {
  return Math.max(...bounds.filter((bound) => bound <= 2.5));
}
