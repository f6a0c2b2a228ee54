import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { nodeExporter } from "../../metrics/nodes/node-metrics";

const { memoryAvailable, memoryTotal } = nodeExporter;
const limit = ratio(0.9);
const total = 16 * 2 ** 30;

const memorySamples = (...parts: readonly (readonly [share: number, time: string])[]) => [
  samples(memoryTotal, [holds(total, "2h")]),
  samples(
    memoryAvailable,
    parts.map(([share, time]) => holds((1 - share) * total, time)),
  ),
];

/** Before the kubelet throws pods off, which it does from a few hundred MiB on. */
export const nodeMemoryHigh = alert({
  name: "NodeMemoryHigh",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`1 - min by (node) (${memoryAvailable} / ${memoryTotal})`,
  on: ["node"],
  above: limit,
  for: "15m",
  summary: "A node has hardly any memory left.",
  description: `${valueText("ratio")} of the memory of {{ $labels.node }} is in use.`,
  scenarios: {
    "its pods hold more than they asked for": fires({
      given: memorySamples([0.5, "5m"], [1.02 * limit.value, "30m"], [0.5, "10m"]),
      onset: "5m",
      after: "14m45s",
      by: "15m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "just under the limit": silent({ given: memorySamples([0.98 * limit.value, "1h"]) }),
    "a build needs much for ten minutes": blip({
      given: memorySamples([0.5, "5m"], [1.02 * limit.value, "10m"], [0.5, "10m"]),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(memoryTotal, [gone("1h")])], because: "the target that is down is told of" }),
    ),
  },
});
