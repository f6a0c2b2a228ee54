import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { conditionSamples } from "./node-condition-samples";

const { nodeCondition } = kubeStateMetrics;

/** The kubelet evicts pods until the node has enough of the resource. */
export const nodeUnderPressure = alert({
  name: "NodeUnderPressure",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`max by (node, condition) (${nodeCondition}{condition=~".+Pressure",status="true"})`,
  on: ["node", "condition"],
  above: count(0),
  for: "2m",
  summary: "A node is short of memory, disk or process IDs, and Kubernetes evicts pods from it.",
  description: "{{ $labels.node }} reports {{ $labels.condition }}.",
  scenarios: {
    "the disk fills": fires({
      given: [conditionSamples("DiskPressure", [holds(0, "5m"), holds(1, lasting("28m")), holds(0, "10m")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("27m45s"), by: lasting("28m") },
    }),
    "the node reports pressure once": blip({
      given: [conditionSamples("MemoryPressure", [holds(0, "5m"), holds(1, "1m"), holds(0, "10m")])],
    }),
    "the node is ready and reports no pressure": silent({
      given: [conditionSamples("Ready", [holds(1, "1h")]), conditionSamples("DiskPressure", [holds(1, "1h")], "false")],
    }),
    "nothing is measured": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
