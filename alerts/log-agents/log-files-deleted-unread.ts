import { type Alert, alert } from "../../kit/alerts/alert";
import { bytes } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { LogAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";

/** The lines of a quarter of a second may be unread when a pod ends: the agent looks for new lines four times a second. */
const usual = bytes(100 * 1024);

const path = (pod: string) => `/var/log/pods/erp_erp-worker-5c9d7b8f4-${pod}_2a1d/erp-worker/0.log`;

/**
 * The series of a file end when the agent stops reading it, because the pod was deleted. Their last values show the lines
 * that nobody read. An agent that was restarted continues to read its files, and has their series again.
 */
export function logFilesDeletedUnread({ fileBytes, readBytes, sentEntries }: LogAgentMetrics): Alert {
  const unread = promql`last_over_time(${fileBytes}[10m]) - last_over_time(${readBytes}[10m])`;
  const agent = samples(sentEntries, [rises(1, "1h")]);
  return alert({
    name: "LogFilesDeletedUnread",
    group: "platform-logging",
    severity: "warning",
    service: "log-agent",
    team: "platform",
    measure: promql`sum by (pod) ((${unread}) unless on (pod, path) ${fileBytes}) and on (pod) ${sentEntries}`,
    on: ["pod"],
    above: usual,
    for: "2m",
    keepFiringFor: "30m",
    summary: "Log lines are lost: pods were deleted before the log agent had read their files.",
    description: `Files with ${valueText("bytes")} of unread lines were deleted with their pods before {{ $labels.pod }} had read them.`,
    scenarios: {
      "a rollout during an outage of Loki": fires({
        given: (limit) => [
          ...["a1b2c", "d3e4f"].flatMap((pod) => [
            samples(fileBytes, [holds(1e6 + 0.55 * limit, "10m"), gone(lasting("50m"))], { path: path(pod) }),
            samples(readBytes, [holds(1e6, "10m"), gone(lasting("50m"))], { path: path(pod) }),
          ]),
          samples(fileBytes, [holds(1e6, lasting("1h"))], { path: path("f5g6h") }),
          samples(readBytes, [holds(1e6, lasting("1h"))], { path: path("f5g6h") }),
          agent,
        ],
        onset: "10m",
        after: lasting("-15s"),
        by: lasting("1m"),
        resolves: { after: lasting("36m"), by: lasting("39m") },
      }),
      "a pod ends while Loki accepts lines": silent({
        given: (limit) => [
          samples(fileBytes, [holds(1e6 + 0.9 * limit, "10m"), gone("50m")]),
          samples(readBytes, [holds(1e6, "10m"), gone("50m")]),
          agent,
        ],
      }),
      "the agent has not read its files yet": silent({
        given: [samples(fileBytes, [holds(9e6, "1h")]), samples(readBytes, [holds(1e6, "1h")]), agent],
        because: "LogFilesUnread fires before they are lost",
      }),
      "the agent is restarted under another name": silent({
        given: [
          samples(fileBytes, [holds(9e6, "10m"), gone("30m")]),
          samples(readBytes, [holds(1e6, "10m"), gone("30m")]),
          samples(sentEntries, [holds(1e6, "10m"), gone("30m")]),
          samples(sentEntries, [gone("10m"), rises(1, "30m")], { pod: "log-agent-2" }),
        ],
      }),
      "the agent is restarted in its pod": blip({
        given: [
          samples(fileBytes, [holds(9e6, "10m"), gone("1m"), holds(9e6, "20m")]),
          samples(readBytes, [holds(1e6, "10m"), gone("1m"), holds(1e6, "20m")]),
          agent,
        ],
      }),
      "the agent is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
