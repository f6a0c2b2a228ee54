import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";

const { dropped } = otelCollector;

/** The queue in front of the store is full. The drops continue as long as spans arrive. */
export const spansDropped = alert({
  name: "SpansDropped",
  group: "platform-tracing",
  severity: "warning",
  service: "monitoring",
  team: "platform",
  causedBy: ["trace-store"],
  measure: promql`sum by (pod) (increase(${dropped}[5m]))`,
  on: ["pod"],
  above: count(0),
  for: "5m",
  summary: "The collector drops spans, because its queue is full.",
  description: `${valueText("count", "span")} were dropped by {{ $labels.pod }} in the last five minutes.`,
  scenarios: {
    "the store has been gone for so long that the queue is full": fires({
      given: [samples(dropped, [holds(0, "10m"), rises(2, lasting("20m")), rises(0, "20m")])],
      onset: "10m",
      after: lasting("-30s"),
      by: lasting("90s"),
      resolves: { after: lasting("24m"), by: lasting("26m") },
    }),
    "a few spans at once": blip({ given: [samples(dropped, [holds(0, "10m"), holds(20, "30m")])] }),
    "the collector is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
