import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { conditionSamples } from "./node-condition-samples";

const { nodeCondition } = kubeStateMetrics;

/**
 * After five minutes, Kubernetes starts the node's pods on other nodes. A node that is removed from the cluster no
 * longer has the metric by then.
 */
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
  summary: "A node is not ready: its pods may be down.",
  description: "{{ $labels.node }} has not been ready for five minutes. Kubernetes starts its pods on other nodes.",
  scenarios: {
    "the kubelet stops reporting": fires({
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
    "the node restarts within three minutes": blip({
      given: [conditionSamples("Ready", [holds(1, "5m"), holds(0, "3m"), holds(1, "10m")])],
    }),
    "the node is removed from the cluster": silent({
      given: [conditionSamples("Ready", [holds(1, "5m"), holds(0, "4m"), gone("30m")])],
    }),
    "nothing is measured": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
