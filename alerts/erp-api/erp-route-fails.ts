import { type Alert, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { type Promql, promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";

const share = ratio(0.2);
/** Requests in ten minutes below which a share of them is chance. */
const least = 20;
const on = ["namespace", "method", "route"] as const;

/** One route is broken, and too small a part of all requests to show in the error budget. */
export function erpRouteFails({ http }: Pick<Inventory, "http">): Alert {
  const byRoute = (perSecond: Promql) => promql`sum by (${on.join(", ")}) (${perSecond})`;
  const requests = byRoute(http.requests("10m"));
  const { traffic } = http;
  /** Of one request each second, a share of which fails for one time after the other. */
  const failingSamples = (...times: (readonly [share: number, time: StoryTime])[]) => [
    samples(
      traffic.requests,
      times.map(([share, time]) => rises(1 - share, time)),
      traffic.succeeded,
    ),
    samples(
      traffic.requests,
      times.map(([share, time]) => rises(share, time)),
      traffic.failed,
    ),
  ];
  return alert({
    name: "ErpRouteFails",
    group: "erp-errors",
    severity: "warning",
    service: "erp-api",
    team: "erp",
    causedBy: ["availability-slo", "erp-api", "postgresql", "redis"],
    measure: promql`${byRoute(http.failures("10m"))} / ${requests}`,
    above: share,
    provided: promql`600 * ${requests} > ${least}`,
    on,
    for: "10m",
    summary: "A route of the ERP fails.",
    description: `${valueText("ratio")} of the requests {{ $labels.method }} {{ $labels.route }} in {{ $labels.namespace }} fail.`,
    scenarios: {
      "a route fails a little more than may be": fires({
        given: (limit) => failingSamples([0, "20m"], [1.2 * limit, lasting("20m")], [0, "15m"]),
        onset: "20m",
        // Ten minutes are that bad once five sixths of them are, and no more once a sixth of them is well.
        after: lasting("8m"),
        by: lasting("8m45s"),
        resolves: { after: lasting("21m15s"), by: lasting("22m") },
      }),
      "a route fails a little less than may be": silent({
        given: (limit) => failingSamples([0, "20m"], [0.8 * limit, "30m"]),
        because: "the error budget tells of it if it lasts",
      }),
      "every request fails for two and a half minutes": blip({
        given: failingSamples([0, "20m"], [1, "2m30s"], [0, "20m"]),
      }),
      "hardly more requests than the few of a night fail": fires({
        given: [samples(traffic.requests, [rises((1.1 * least) / 600, "1h")], traffic.failed)],
        after: lasting("8m"),
        by: lasting("10m30s"),
      }),
      "the few requests of a night fail": lowTraffic({
        given: [samples(traffic.requests, [rises((0.9 * least) / 600, "1h")], traffic.failed)],
      }),
      "nobody asks": absence(silent({ given: [], because: "ErpDown or ErpTrafficDrop tells of that" })),
    },
  });
}
