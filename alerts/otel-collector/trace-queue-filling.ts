import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";

const { queueCapacity, queueSize } = otelCollector;

/** The store is slower than the spans arrive, or gone. */
export const traceQueueFilling = alert({
  name: "TraceQueueFilling",
  group: "platform-tracing",
  severity: "warning",
  service: "monitoring",
  team: "platform",
  measure: promql`sum by (pod) (${queueSize}{data_type="traces"}) / sum by (pod) (${queueCapacity}{data_type="traces"})`,
  on: ["pod"],
  above: ratio(0.8),
  littleTraffic: "it is a state of the queue, not a share of events",
  for: "2m",
  summary: "The queue of spans in front of the trace store is nearly full.",
  description: `${valueText("ratio")} of the queue of {{ $labels.pod }} are used. When it is full, spans are lost.`,
  scenarios: {
    "the store is slower than the spans arrive": fires({
      given: (limit) => [
        samples(queueSize, [holds(100, "10m"), holds(1.1 * limit * 20_000, lasting("20m")), holds(100, "20m")]),
        samples(queueCapacity, [holds(20_000, lasting("50m"))]),
      ],
      onset: "10m",
      after: lasting("-30s"),
      by: lasting("1m"),
      resolves: { after: lasting("19m"), by: lasting("21m") },
    }),
    "just under the limit": silent({
      given: (limit) => [
        samples(queueSize, [holds(0.95 * limit * 20_000, "1h")]),
        samples(queueCapacity, [holds(20_000, "1h")]),
      ],
    }),
    "a burst of spans": blip({
      given: [
        samples(queueSize, [holds(0, "10m"), holds(19_000, "90s"), holds(0, "20m")]),
        samples(queueCapacity, [holds(20_000, "32m")]),
      ],
    }),
    "the collector is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
