import { alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { nodeExporter } from "../../metrics/nodes/node-metrics";

const { cpuTime, load } = nodeExporter;
const cpus = ["0", "1", "2", "3"];
const modes = ["idle", "system", "user"];

/** The load of a node with four CPUs, given for each CPU. */
const loadSamples = (...parts: readonly (readonly [perCpu: number, time: StoryTime])[]) => [
  samples(
    load,
    parts.map(([perCpu, time]) => holds(perCpu * cpus.length, time)),
  ),
  ...cpus.flatMap((cpu) => modes.map((mode) => samples(cpuTime, [rises(0.1, "3h")], { cpu, mode }))),
];

/** The load is known on every kernel; the pressure, which the dashboard shows beside it, is not. */
export const nodeCpuSaturated = alert({
  name: "NodeCpuSaturated",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`max by (node) (${load}) / count by (node) (${cpuTime}{mode="idle"})`,
  on: ["node"],
  above: factor(2),
  for: "30m",
  summary: "A node has far more work than its CPUs or disks can do.",
  description: `${valueText("factor")} processes per CPU run or wait on {{ $labels.node }}: everything there is slow.`,
  scenarios: {
    "a batch without limits runs for an hour": fires({
      given: (limit) => loadSamples([0.5, "5m"], [1.1 * limit, lasting("30m")], [0.5, "10m"]),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("29m45s"), by: lasting("30m") },
    }),
    "just under the limit": silent({ given: (limit) => loadSamples([0.9 * limit, "2h"]) }),
    "a build needs every CPU for twenty minutes": blip({
      given: (limit) => loadSamples([0.5, "5m"], [2 * limit, "20m"], [0.5, "10m"]),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(load, [gone("1h")])], because: "PlatformTargetsDown fires" }),
    ),
  },
});
