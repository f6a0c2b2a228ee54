import { type Alert, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { LogAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";

const failed = { status_code: "-1" };

/**
 * No line is lost yet: the agent retries each batch for an hour, and later continues to read the files where it
 * stopped.
 */
export function logAgentCannotSend({ batches }: LogAgentMetrics): Alert {
  const batchesByPod = (matching: string) => promql`sum by (pod) (rate(${batches}${matching}[5m]))`;

  return alert({
    name: "LogAgentCannotSend",
    group: "platform-logging",
    severity: "warning",
    service: "log-agent",
    team: "platform",
    cause: "log-agent",
    causedBy: ["loki", "dns"],
    measure: promql`(${batchesByPod('{status_code!~"2.."}')} or 0 * ${batchesByPod("")}) / ${batchesByPod("")}`,
    on: ["pod"],
    above: ratio(0.5),
    littleTraffic: "an agent whose batches are refused for ten minutes may send only one batch in that time",
    for: "10m",
    summary: "The log agent of a node cannot send log lines to Loki.",
    description: `Loki refuses or does not answer ${valueText("ratio")} of the batches that {{ $labels.pod }} sends.`,
    scenarios: {
      "a network policy blocks one node": fires({
        given: [
          samples(batches, [rises(1, "10m"), rises(0, lasting("40m"))]),
          samples(batches, [rises(0, "10m"), rises(0.05, lasting("10m")), rises(0, "30m")], failed),
        ],
        onset: "10m",
        after: lasting("3m"),
        by: lasting("5m"),
        resolves: { after: lasting("14m"), by: lasting("15m30s") },
      }),
      "a little above the limit": fires({
        given: (limit) => [
          samples(batches, [rises(1, "10m"), rises(1 - 1.1 * limit, lasting("40m"))]),
          samples(batches, [rises(0, "10m"), rises(1.1 * limit, lasting("40m"))], failed),
        ],
        onset: "10m",
        after: lasting("4m"),
        by: lasting("6m"),
      }),
      "a little below the limit": silent({
        given: (limit) => [
          samples(batches, [rises(1, "10m"), rises(1 - 0.9 * limit, "50m")]),
          samples(batches, [rises(0, "10m"), rises(0.9 * limit, "50m")], failed),
        ],
      }),
      "Loki is restarted": blip({
        given: [
          samples(batches, [rises(1, "10m"), rises(0, "5m"), rises(1, "30m")]),
          samples(batches, [rises(0, "10m"), rises(0.1, "5m"), rises(0, "30m")], failed),
        ],
      }),
      "the agent sends nothing": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
