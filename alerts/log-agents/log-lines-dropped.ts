import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { LogAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";

/**
 * The lines are lost, because the agent does not read them again. One rejected batch may have thousands of lines, and its
 * reason may not occur again. So there is no `for`.
 */
export function logLinesDropped({ droppedEntries }: LogAgentMetrics): Alert {
  return alert({
    name: "LogLinesDropped",
    group: "platform-logging",
    severity: "warning",
    service: "log-agent",
    team: "platform",
    measure: promql`sum by (pod, reason) (increase(${droppedEntries}[15m]))`,
    on: ["pod", "reason"],
    above: count(10),
    summary: "The log agent drops log lines: they are lost.",
    description: `{{ $labels.pod }} dropped ${valueText("count", "line")} in the last quarter of an hour. The reason is {{ $labels.reason }}.`,
    scenarios: {
      "a program exceeds the rate limit of its stream": fires({
        given: (limit) => [
          samples(droppedEntries, [rises(0, "20m"), rises((1.2 * limit) / 900, "20m"), rises(0, "30m")], {
            reason: "rate_limited",
          }),
        ],
        onset: "20m",
        after: "10m",
        by: "15m",
        resolves: { after: "22m", by: "35m" },
      }),
      "Loki rejects a batch": fires({
        given: (limit) => [samples(droppedEntries, [holds(0, "20m"), holds(1.2 * limit, "30m")])],
        onset: "19m30s",
        after: "0s",
        by: "1m30s",
        resolves: { after: "14m30s", by: "16m" },
      }),
      "a line is dropped now and then": silent({
        given: (limit) => [samples(droppedEntries, [rises(0, "10m"), rises((0.9 * limit) / 900, "50m")])],
      }),
      "some lines are too long for Loki": silent({
        given: (limit) => [
          samples(droppedEntries, [holds(0, "20m"), holds(0.9 * limit, "50m")], { reason: "line_too_long" }),
        ],
      }),
      "the log agent is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
