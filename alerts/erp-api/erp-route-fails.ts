import { type Alert, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { type Promql, promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";

const share = ratio(0.2);
/** Fewest requests in ten minutes of which a share is meaningful. */
const least = 20;
const on = ["namespace", "method", "route"] as const;

/** One route fails, but it gets too few requests to show in the error budget. */
export function erpRouteFails({ http }: Pick<Inventory, "http">): Alert {
  const byRoute = (perSecond: Promql) => promql`sum by (${on.join(", ")}) (${perSecond})`;
  const requests = byRoute(http.requests("10m"));
  const { traffic } = http;
  /** One request per second, of which these shares fail during these periods. */
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
    summary: "Requests to one route of the ERP fail.",
    description: `${valueText("ratio")} of the {{ $labels.method }} requests to {{ $labels.route }} in {{ $labels.namespace }} fail.`,
    scenarios: {
      "a little above the limit": fires({
        given: (limit) => failingSamples([0, "20m"], [1.2 * limit, lasting("20m")], [0, "15m"]),
        onset: "20m",
        // The ratio over ten minutes exceeds the limit once 5/6 of the window are failing, and falls below it once 1/6
        // of the window is healthy.
        after: lasting("8m"),
        by: lasting("8m45s"),
        resolves: { after: lasting("21m15s"), by: lasting("22m") },
      }),
      "a little below the limit": silent({
        given: (limit) => failingSamples([0, "20m"], [0.8 * limit, "30m"]),
        because: "if it continues, ErpErrorBudgetBurn fires",
      }),
      "every request fails for two and a half minutes": blip({
        given: failingSamples([0, "20m"], [1, "2m30s"], [0, "20m"]),
      }),
      "a few more requests than the minimum, and all fail": fires({
        given: [samples(traffic.requests, [rises((1.1 * least) / 600, "1h")], traffic.failed)],
        after: lasting("8m"),
        by: lasting("10m30s"),
      }),
      "the few requests of a night fail": lowTraffic({
        given: [samples(traffic.requests, [rises((0.9 * least) / 600, "1h")], traffic.failed)],
      }),
      "there are no requests": absence(silent({ given: [], because: "ErpDown or ErpTrafficDrop fires" })),
    },
  });
}
