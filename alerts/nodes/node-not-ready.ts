import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { conditionSamples } from "./node-condition-samples";

const { nodeCondition } = kubeStateMetrics;

/** Its pods are started elsewhere after five minutes. A node that is taken out of the cluster is gone before. */
export const nodeNotReady = alert({
  name: "NodeNotReady",
  group: "platform-nodes",
  severity: "warning",
  service: "nodes",
  team: "platform",
  cause: "node",
  measure: promql`max by (node) (${nodeCondition}{condition="Ready",status="true"})`,
  on: ["node"],
  below: count(1),
  for: "5m",
  summary: "A node does not report that it is ready.",
  description: "{{ $labels.node }} has not been ready for five minutes: its pods are lost, or nobody knows of them.",
  scenarios: {
    "its kubelet is silent": fires({
      given: [
        conditionSamples("Ready", [holds(1, "5m"), holds(0, lasting("25m")), holds(1, "10m")]),
        conditionSamples("Ready", [holds(0, "5m"), holds(1, lasting("25m")), holds(0, "10m")], "unknown"),
        conditionSamples("NetworkUnavailable", [holds(1, "45m")]),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("24m45s"), by: lasting("25m") },
    }),
    "it restarts in three minutes": blip({
      given: [conditionSamples("Ready", [holds(1, "5m"), holds(0, "3m"), holds(1, "10m")])],
    }),
    "it is taken out of the cluster": silent({
      given: [conditionSamples("Ready", [holds(1, "5m"), holds(0, "4m"), gone("30m")])],
    }),
    "nothing is measured": absence(silent({ given: [], because: "the alert on the target that is down fires" })),
  },
});
