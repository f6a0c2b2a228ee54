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

/** Load of a node with four CPUs, given per CPU. */
const loadSamples = (...parts: readonly (readonly [perCpu: number, time: StoryTime])[]) => [
  samples(
    load,
    parts.map(([perCpu, time]) => holds(perCpu * cpus.length, time)),
  ),
  ...cpus.flatMap((cpu) => modes.map((mode) => samples(cpuTime, [rises(0.1, "3h")], { cpu, mode }))),
];

/**
 * The alert uses the load because every kernel reports it. The dashboard also shows the pressure, which some kernels do
 * not report.
 */
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
  summary: "A node is overloaded: everything that runs on it is slow.",
  description: `On {{ $labels.node }}, ${valueText("factor")} processes per CPU run, or wait for CPU or disk.`,
  scenarios: {
    "a batch job without limits runs for an hour": fires({
      given: (limit) => loadSamples([0.5, "5m"], [1.1 * limit, lasting("30m")], [0.5, "10m"]),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("29m45s"), by: lasting("30m") },
    }),
    "just below the limit": silent({ given: (limit) => loadSamples([0.9 * limit, "2h"]) }),
    "a build needs every CPU for twenty minutes": blip({
      given: (limit) => loadSamples([0.5, "5m"], [2 * limit, "20m"], [0.5, "10m"]),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(load, [gone("1h")])], because: "PlatformTargetsMissing fires" }),
    ),
  },
});
