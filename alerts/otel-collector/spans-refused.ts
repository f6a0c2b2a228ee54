import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";

const { refused } = otelCollector;

/** The memory limit of the collector is reached. The ERP tries again a few times, and then drops the spans. */
export const spansRefused = alert({
  name: "SpansRefused",
  group: "platform-tracing",
  severity: "warning",
  service: "monitoring",
  team: "platform",
  measure: promql`sum by (pod) (increase(${refused}[5m]))`,
  on: ["pod"],
  above: count(0),
  for: "5m",
  summary: "The collector refuses spans, because its memory is nearly full.",
  description: `${valueText("count", "span")} were refused by {{ $labels.pod }} in the last five minutes.`,
  scenarios: {
    "more spans arrive than fit into memory": fires({
      given: [samples(refused, [holds(0, "10m"), rises(2, lasting("20m")), rises(0, "20m")])],
      onset: "10m",
      after: lasting("-30s"),
      by: lasting("90s"),
      resolves: { after: lasting("24m"), by: lasting("26m") },
    }),
    "a few spans at once": blip({ given: [samples(refused, [holds(0, "10m"), holds(20, "30m")])] }),
    "the collector is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
