import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { LogAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";

/**
 * The pod has used up its burst. From then on, the agent sends a thousand of its lines per second and drops the rest.
 */
export function podLogsCut({ overRate }: LogAgentMetrics): Alert {
  const droppedLines = (perMinute: number, time: StoryTime) => [
    samples(overRate, [rises(0, "10m"), rises(perMinute / 60, time), rises(0, "20m")]),
  ];

  return alert({
    name: "PodLogsCut",
    group: "platform-logging",
    severity: "warning",
    service: "log-agent",
    team: "platform",
    measure: promql`sum by (pod) (label_replace(increase(${overRate}[5m]), "pod", "$1", "label_value", "(.+)"))`,
    on: ["pod"],
    above: count(100),
    for: "5m",
    summary: "A pod exceeds the log rate limit, and some of its log lines are lost.",
    description: `The log agent dropped ${valueText("count", "line")} of {{ $labels.pod }} in the last five minutes.`,
    scenarios: {
      "an endless loop writes lines": fires({
        given: droppedLines(60_000, lasting("25m")),
        onset: "10m",
        after: lasting("-15s"),
        by: lasting("30s"),
        resolves: { after: lasting("29m30s"), by: lasting("30m15s") },
      }),
      "a little above the limit": fires({
        given: (limit) => droppedLines((1.2 * limit) / 5, "30m"),
        onset: "10m",
        after: lasting("4m"),
        by: lasting("5m"),
      }),
      "a little below the limit": silent({ given: (limit) => droppedLines((0.9 * limit) / 5, "30m") }),
      "one burst is too long": blip({
        given: [samples(overRate, [holds(0, "10m"), rises(100, "15s"), rises(0, "30m")])],
      }),
      "no pod ever exceeded the rate": absence(silent({ given: [] })),
    },
  });
}
