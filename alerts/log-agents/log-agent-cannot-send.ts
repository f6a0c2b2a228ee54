import { type Alert, alert } from "../../kit/alerts/alert";
import { bytes } from "../../kit/alerts/limit";
import { holds, type Part, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { LogAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";

/** Reasons for which a whole batch is dropped. The agent never began to send lines that it drops for other reasons. */
const batchDropped = 'reason=~"ingester_error|rate_limited"';

/**
 * The agent sends one batch at a time, and waits longer after each failed attempt. So the alert asks whether a batch is
 * waiting, and when one last succeeded, and not for failed attempts, which become few.
 */
export function logAgentCannotSend({ begunBytes, sentBytes, droppedBytes, sentEntries }: LogAgentMetrics): Alert {
  const ofPod = (metric: unknown) => promql`sum by (pod) (${String(metric)})`;
  /** Lines, until the outage begins, and after it. The batch that waits in between has a thousand bytes. */
  const outage = (during: StoryTime, after: StoryTime = "20m") => [
    samples(begunBytes, [rises(100, "10m"), holds(61_000, during), grows(61_000, after)]),
    samples(sentBytes, [rises(100, "10m"), holds(60_000, during), grows(61_000, after)]),
    samples(sentEntries, [rises(1, "10m"), rises(0, during), rises(1, after)]),
    samples(droppedBytes, [holds(0, "10m"), holds(0, during), holds(0, after)]),
  ];
  const grows = (from: number, time: StoryTime): Part => ({ for: time, value: { from, perSecond: 100 } });

  return alert({
    name: "LogAgentCannotSend",
    group: "platform-logging",
    severity: "warning",
    service: "log-agent",
    team: "platform",
    cause: "log-agent",
    causedBy: ["dns", "loki", "loki-volume", "loki-writes"],
    measure: promql`${ofPod(begunBytes)} - ${ofPod(sentBytes)} - ${ofPod(`${droppedBytes}{${batchDropped}}`)}`,
    on: ["pod"],
    above: bytes(0),
    provided: promql`sum by (pod) (increase(${sentEntries}[2m])) == 0`,
    for: "3m",
    summary: "The log agent of a node cannot send log lines to Loki: the nodes keep them only for a limited time.",
    description: `{{ $labels.pod }} tries to send a batch of ${valueText("bytes")}, and Loki has accepted none for minutes. The node keeps a limited number of lines for each container (\`npm run size\` prints for how long). The lines of pods that are deleted meanwhile are lost: do not roll out.`,
    scenarios: {
      "Loki refuses every batch, and the agent tries less and less often": fires({
        given: outage(lasting("40m")),
        onset: "10m",
        after: lasting("1m"),
        by: lasting("2m30s"),
        resolves: { after: lasting("39m45s"), by: lasting("41m") },
      }),
      "the node has no further lines when Loki is back": silent({
        given: [
          samples(begunBytes, [rises(100, "10m"), holds(60_000, "1h")]),
          samples(sentBytes, [rises(100, "10m"), holds(60_000, "1h")]),
          samples(sentEntries, [rises(1, "10m"), rises(0, "1h")]),
          samples(droppedBytes, [holds(0, "70m")]),
        ],
      }),
      "Loki rejects a batch for its content, and the node has no further lines": silent({
        given: [
          samples(begunBytes, [rises(100, "10m"), holds(61_000, "1h")]),
          samples(sentBytes, [rises(100, "10m"), holds(60_000, "1h")]),
          samples(sentEntries, [rises(1, "10m"), rises(0, "1h")]),
          samples(droppedBytes, [holds(0, "10m"), holds(1000, "1h")], { reason: "ingester_error" }),
        ],
      }),
      "the agent also dropped a line that was too long": fires({
        given: [
          ...outage(lasting("20m")),
          samples(droppedBytes, [holds(1000, lasting("50m"))], { reason: "line_too_long" }),
        ],
        onset: "10m",
        after: lasting("1m"),
        by: lasting("2m30s"),
      }),
      "the agent is always sending a batch": lowTraffic({
        given: [
          samples(begunBytes, [{ for: "1h", value: { from: 1000, perSecond: 100 } }]),
          samples(sentBytes, [rises(100, "1h")]),
          samples(sentEntries, [rises(1, "1h")]),
          samples(droppedBytes, [holds(0, "1h")]),
        ],
      }),
      "Loki is restarted": blip({ given: outage("3m") }),
      "the agent sends nothing": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
