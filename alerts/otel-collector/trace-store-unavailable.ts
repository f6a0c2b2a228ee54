import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";

const { queueSize, sent } = otelCollector;
const waiting = promql`sum by (pod) (min_over_time(${queueSize}{data_type="traces"}[5m]))`;

/**
 * The collector waits longer after each failed attempt, so the alert rests on the spans that wait, and on the time since the
 * store accepted the last one.
 */
export const traceStoreUnavailable = alert({
  name: "TraceStoreUnavailable",
  group: "platform-tracing",
  severity: "warning",
  service: "monitoring",
  team: "platform",
  cause: "trace-store",
  causedBy: ["dns"],
  measure: waiting,
  on: ["pod"],
  above: count(0),
  // A collector that has sent nothing since its start has no series of sent spans.
  provided: promql`(sum by (pod) (increase(${sent}[5m])) or 0 * ${waiting}) == 0`,
  for: "2m",
  summary: "The trace store has accepted no spans for minutes.",
  description: `${valueText("count", "span")} wait in {{ $labels.pod }}. When its queue is full, further spans are lost.`,
  scenarios: {
    "the store is gone": fires({
      given: [
        samples(sent, [rises(10, "20m"), rises(0, lasting("20m")), rises(50, "20m")]),
        samples(queueSize, [holds(0, "20m"), rises(10, lasting("20m")), holds(0, "20m")]),
      ],
      onset: "20m",
      after: lasting("4m"),
      by: lasting("6m"),
      resolves: { after: lasting("19m"), by: lasting("21m") },
    }),
    "the store was gone when the collector started": fires({
      given: [samples(queueSize, [holds(500, lasting("30m")), holds(0, "20m")])],
      after: lasting("-30s"),
      by: lasting("2m"),
      resolves: { after: lasting("29m"), by: lasting("31m") },
    }),
    "a single span waits": lowTraffic({
      given: [samples(sent, [rises(0.01, "1h")]), samples(queueSize, [holds(1, "30m"), holds(0, "30m")])],
    }),
    "the store is slow": silent({
      given: [samples(sent, [rises(1, "1h")]), samples(queueSize, [holds(5000, "1h")])],
      because: "TraceQueueFilling fires when the queue is nearly full",
    }),
    "the store restarts": blip({
      given: [
        samples(sent, [rises(10, "20m"), rises(0, "6m"), rises(20, "20m")]),
        samples(queueSize, [holds(0, "20m"), rises(10, "6m"), holds(0, "20m")]),
      ],
    }),
    "the collector is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
