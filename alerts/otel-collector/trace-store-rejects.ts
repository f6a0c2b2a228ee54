import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";

const { rejected } = otelCollector;

/** Errors that do not end by waiting: an invalid span, a missing permission, a wrong address. Nothing is retried, so the failures do not become fewer. */
export const traceStoreRejects = alert({
  name: "TraceStoreRejects",
  group: "platform-tracing",
  severity: "warning",
  service: "monitoring",
  team: "platform",
  measure: promql`sum by (pod) (increase(${rejected}[5m]))`,
  on: ["pod"],
  above: count(0),
  for: "5m",
  summary: "The trace store rejects spans for good: they are lost.",
  description: `${valueText("count", "span")} were sent to the store in vain by {{ $labels.pod }} in the last five minutes.`,
  scenarios: {
    "the store accepts no spans of this version": fires({
      given: [samples(rejected, [holds(0, "10m"), rises(2, lasting("20m")), rises(0, "20m")])],
      onset: "10m",
      after: lasting("-30s"),
      by: lasting("90s"),
      resolves: { after: lasting("24m"), by: lasting("26m") },
    }),
    "a few spans at once": blip({ given: [samples(rejected, [holds(0, "10m"), holds(20, "30m")])] }),
    "the collector is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
