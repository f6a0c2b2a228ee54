import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { LogAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";

/** The lines are lost, because the agent does not read them again. */
export function logLinesDropped({ droppedEntries }: LogAgentMetrics): Alert {
  return alert({
    name: "LogLinesDropped",
    group: "platform-logging",
    severity: "warning",
    service: "log-agent",
    team: "platform",
    measure: promql`sum by (pod, reason) (increase(${droppedEntries}[5m]))`,
    on: ["pod", "reason"],
    above: count(10),
    for: "10m",
    summary: "The log agent drops log lines: they are lost.",
    description: `{{ $labels.pod }} dropped ${valueText("count", "line")} in the last five minutes. The reason is {{ $labels.reason }}.`,
    scenarios: {
      "a program exceeds the rate limit of its stream": fires({
        given: (limit) => [
          samples(droppedEntries, [rises(0, "10m"), rises((1.2 * limit) / 300, lasting("20m")), rises(0, "20m")], {
            reason: "rate_limited",
          }),
        ],
        onset: "10m",
        after: lasting("4m"),
        by: lasting("5m"),
        resolves: { after: lasting("20m15s"), by: lasting("22m") },
      }),
      "a line is dropped now and then": silent({
        given: (limit) => [samples(droppedEntries, [rises(0, "10m"), rises((0.9 * limit) / 300, "50m")])],
      }),
      "one stack trace is too long for Loki": blip({
        given: (limit) => [
          samples(droppedEntries, [holds(0, "10m"), holds(3 * limit, "50m")], { reason: "line_too_long" }),
        ],
      }),
      "the log agent is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
