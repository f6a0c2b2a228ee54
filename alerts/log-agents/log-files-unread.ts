import { type Alert, alert } from "../../kit/alerts/alert";
import { bytes } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { LogAgentMetrics } from "../../metrics/log-agents/log-agent-metrics";

const path = (restart: string) => `/var/log/pods/erp_erp-api-6d5f7c9b8-4xk2p_1f0c/erp-api/${restart}.log`;

/**
 * The kubelet rotates a file that is full. The agent reads a rotated file to its end, and continues with the file that is
 * written then. If the kubelet rotates again before that, the agent never reads the file in between. In normal operation,
 * only the lines of a quarter of a second are unread when a file is rotated. No other alert inhibits this one, because it
 * states that lines will soon be lost.
 *
 * @param rotated bytes at which the kubelet rotates a log file
 */
export function logFilesUnread({ fileBytes, readBytes }: LogAgentMetrics, rotated: number): Alert {
  const full = 1.05 * rotated;
  return alert({
    name: "LogFilesUnread",
    group: "platform-logging",
    severity: "warning",
    service: "log-agent",
    team: "platform",
    measure: promql`sum by (pod) ((${fileBytes} - ${readBytes}) and ${fileBytes} >= ${String(rotated)})`,
    on: ["pod"],
    above: bytes(64 * 1024),
    for: "1m",
    summary: "The log agent has not read rotated log files to their end: lines are lost at the next rotation.",
    description: `{{ $labels.pod }} has not read ${valueText("bytes")} of log files that the node has rotated. If the node rotates again before that, the agent never reads the file in between.`,
    scenarios: {
      "a container fills its file while Loki refuses lines": fires({
        alone: "two halves of a full file would not be full",
        given: [
          samples(fileBytes, [holds(0.5 * rotated, "20m"), holds(full, lasting("20m")), holds(1e5, "20m")]),
          samples(readBytes, [holds(0.5 * rotated, "20m"), holds(0.5 * rotated, lasting("20m")), holds(1e5, "20m")]),
        ],
        onset: "20m",
        after: lasting("-15s"),
        by: lasting("30s"),
        resolves: { after: lasting("19m45s"), by: lasting("20m15s") },
      }),
      "two full files are unread, together a little above the limit": fires({
        given: (limit) =>
          ["0", "1"].flatMap((restart) => [
            samples(fileBytes, [holds(rotated, lasting("20m"))], { path: path(restart) }),
            samples(readBytes, [holds(rotated - 0.55 * limit, lasting("20m"))], { path: path(restart) }),
          ]),
        after: lasting("-15s"),
        by: lasting("30s"),
      }),
      "the unread end of a full file is a little below the limit": silent({
        given: (limit) => [
          samples(fileBytes, [holds(rotated, "1h")]),
          samples(readBytes, [holds(rotated - 0.95 * limit, "1h")]),
        ],
      }),
      "a file that is not full yet is unread": silent({
        given: [samples(fileBytes, [holds(0.99 * rotated, "1h")]), samples(readBytes, [holds(0, "1h")])],
        because: "the agent reads it to its end, even if the node rotates it",
      }),
      "the agent has read a full file to its end": silent({
        given: [samples(fileBytes, [holds(full, "1h")]), samples(readBytes, [holds(full, "1h")])],
      }),
      "the agent reads the end of a file half a minute after its rotation": blip({
        given: [
          samples(fileBytes, [holds(0.5 * rotated, "10m"), holds(full, "30s"), holds(1e5, "20m")]),
          samples(readBytes, [holds(0.5 * rotated, "10m"), holds(rotated, "30s"), holds(1e5, "20m")]),
        ],
      }),
      "the agent is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
