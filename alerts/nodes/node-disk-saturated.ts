import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { nodeExporter } from "../../metrics/nodes/node-metrics";

const { diskQueue } = nodeExporter;

/**
 * A disk that processes many requests at once is always busy, so that the alert compares the number of requests that
 * wait.
 */
export const nodeDiskSaturated = alert({
  name: "NodeDiskSaturated",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`max by (node, device) (rate(${diskQueue}[5m]))`,
  on: ["node", "device"],
  above: count(10),
  for: "30m",
  summary: "A node's disk is too slow for its load: reads and writes wait.",
  description: `On average, ${valueText("count", "request is", "requests are")} waiting or in progress on {{ $labels.device }} of {{ $labels.node }}.`,
  scenarios: {
    "a restore writes for an hour": fires({
      given: (limit) => [samples(diskQueue, [rises(1, "10m"), rises(1.2 * limit, lasting("30m")), rises(1, "20m")])],
      onset: "10m",
      after: lasting("3m"),
      by: lasting("5m"),
      resolves: { after: lasting("30m15s"), by: lasting("31m30s") },
    }),
    "just below the limit": silent({ given: (limit) => [samples(diskQueue, [rises(0.9 * limit, "2h")])] }),
    "a backup takes twenty minutes": blip({
      given: (limit) => [samples(diskQueue, [rises(1, "10m"), rises(2 * limit, "20m"), rises(1, "30m")])],
    }),
    "two disks, each below the limit": silent({
      given: (limit) => ["vda", "vdb"].map((device) => samples(diskQueue, [rises(0.7 * limit, "2h")], { device })),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(diskQueue, [gone("1h")])], because: "PlatformTargetsMissing fires" }),
    ),
  },
});
