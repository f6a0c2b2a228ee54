import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { HttpProfile } from "../../metrics/erp-api/http-profile";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";

const { accepted, queueCapacity } = otelCollector;

/** The ERP serves requests, and none of its spans reach the collector. */
export function spansMissing(http: HttpProfile) {
  const { requests, succeeded } = http.traffic;
  const collector = samples(queueCapacity, [holds(20_000, "2h")]);
  const served = (perSecond: number) => samples(requests, [rises(perSecond, "2h")], succeeded);
  return alert({
    name: "SpansMissing",
    group: "platform-tracing",
    severity: "warning",
    service: "monitoring",
    team: "platform",
    // A collector that has received nothing since its start has no series of spans.
    measure: promql`sum(increase(${accepted}[10m])) or 0 * max(${queueCapacity})`,
    below: count(1),
    provided: promql`sum(${http.requests("10m")}) > 0.05`,
    for: "5m",
    summary: "The ERP serves requests, and the collector receives no spans.",
    description: `The collector received ${valueText("count", "span")} in the last ten minutes, although the ERP served requests.`,
    scenarios: {
      "the pods send spans to a wrong address": fires({
        given: [
          served(5),
          collector,
          samples(accepted, [rises(50, "20m"), holds(0, lasting("35m")), rises(50, "20m")]),
        ],
        onset: "20m",
        after: lasting("9m"),
        by: lasting("11m"),
        resolves: { after: lasting("35m"), by: lasting("36m") },
      }),
      "nothing was ever received": fires({
        given: [served(5), collector],
        after: lasting("-1m"),
        by: lasting("1m"),
      }),
      "a quiet night": lowTraffic({ given: [served(0.01), collector] }),
      "a request now and then has a span": silent({
        given: [served(0.1), collector, samples(accepted, [rises(0.1, "2h")])],
      }),
      "the last request was some time ago": silent({
        given: [
          samples(requests, [rises(5, "30m"), rises(0, "90m")], succeeded),
          collector,
          samples(accepted, [rises(50, "30m"), rises(0, "90m")]),
        ],
      }),
      "the collector restarts": blip({
        given: [served(5), collector, samples(accepted, [rises(50, "20m"), rises(0, "12m"), rises(50, "20m")])],
      }),
      "the collector is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
