import type { Catalogue } from "../../metrics/catalogue";
import { boundary } from "../../metrics/metric";
import { type Promql, promql } from "../../queries/query";
import { type Alert, alert } from "../alert";
import { ratio } from "../limit";
import { rises, samples } from "../samples";
import { absence, blip, fires, lowTraffic, silent } from "../scenario";

const share = ratio(0.05);
/** Requests in ten minutes below which a share of them is chance. */
const least = 20;
const on = ["namespace", "method", "route"] as const;

/**
 * One route is slow, and too small a part of all requests to show in the budget. Its 95th percentile lies above a bound of
 * the histogram when more than 5 % of its requests do: that is exact, also at the last bound, which no quantile exceeds.
 */
export function erpRouteSlow({ http }: Pick<Catalogue, "http">): Alert {
  const bound = unbearable(http.bounds);
  const byRoute = (perSecond: Promql) => promql`sum by (${on.join(", ")}) (${perSecond})`;
  const requests = byRoute(http.timed("10m"));
  const { duration } = http.traffic;
  const slow = (perSecond: number, ...times: (readonly [share: number, time: string])[]) => [
    samples(
      duration,
      times.map(([share, time]) => rises((1 - share) * perSecond, time)),
      { le: boundary(bound) },
    ),
    samples(
      duration,
      times.map(([, time]) => rises(perSecond, time)),
      { le: "+Inf" },
    ),
  ];
  return alert({
    name: "ErpRouteSlow",
    severity: "warning",
    service: "erp-api",
    team: "erp",
    causedBy: ["latency-slo", "erp-api", "postgresql", "redis"],
    measure: promql`${byRoute(http.slow("10m", bound))} / ${requests}`,
    above: share,
    provided: promql`600 * ${requests} > ${least}`,
    on,
    for: "10m",
    summary: "A route of the ERP is slow.",
    description: `{{ $value | humanizePercentage }} of the requests {{ $labels.method }} {{ $labels.route }} in {{ $labels.namespace }} take longer than ${bound} s.`,
    scenarios: {
      "a little more of a route is slow than may be": fires({
        given: slow(1, [0, "20m"], [1.2 * share.value, "30m"], [0, "15m"]),
        onset: "20m",
        // Ten minutes are that bad once five sixths of them are, and no more once a sixth of them is well.
        after: "18m",
        by: "18m45s",
        resolves: { after: "31m15s", by: "32m" },
      }),
      "a little less of a route is slow than may be": silent({
        given: slow(1, [0, "20m"], [0.8 * share.value, "30m"]),
        because: "a few always are",
      }),
      "a third of a route is slow for two and a half minutes": blip({
        given: slow(1, [0, "20m"], [6 * share.value, "2m30s"], [0, "20m"]),
      }),
      "the few requests of a night are slow": lowTraffic({ given: slow((0.9 * least) / 600, [1, "1h"]) }),
      "nobody asks": absence(silent({ given: [], because: "ErpDown or ErpTrafficDrop tells of that" })),
    },
  });
}

/** The longest time up to two and a half seconds that the instrumentor can tell. */
function unbearable(bounds: readonly number[]): number {
  return Math.max(...bounds.filter((bound) => bound <= 2.5));
}
