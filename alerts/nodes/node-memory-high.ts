import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { nodeExporter } from "../../metrics/nodes/node-metrics";

const { memoryAvailable, memoryTotal } = nodeExporter;
const total = 16 * 2 ** 30;

const memorySamples = (...parts: readonly (readonly [share: number, time: StoryTime])[]) => [
  samples(memoryTotal, [holds(total, "2h")]),
  samples(
    memoryAvailable,
    parts.map(([share, time]) => holds((1 - share) * total, time)),
  ),
];

/** The alert fires before the kubelet evicts pods, which it does when a few hundred MiB or less are available. */
export const nodeMemoryHigh = alert({
  name: "NodeMemoryHigh",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`1 - min by (node) (${memoryAvailable} / ${memoryTotal})`,
  on: ["node"],
  above: ratio(0.9),
  for: "15m",
  summary: "A node is almost out of memory: Kubernetes will soon evict pods from it.",
  description: `${valueText("ratio")} of the memory of {{ $labels.node }} is in use.`,
  scenarios: {
    "pods use more memory than they requested": fires({
      given: (limit) => memorySamples([0.5, "5m"], [1.02 * limit, lasting("15m")], [0.5, "10m"]),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("14m45s"), by: lasting("15m") },
    }),
    "just below the limit": silent({ given: (limit) => memorySamples([0.98 * limit, "1h"]) }),
    "a build needs much memory for ten minutes": blip({
      given: (limit) => memorySamples([0.5, "5m"], [1.02 * limit, "10m"], [0.5, "10m"]),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(memoryTotal, [gone("1h")])], because: "PlatformTargetsMissing fires" }),
    ),
  },
});
