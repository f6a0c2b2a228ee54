import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, isGone, type Part, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

const { nodeCondition } = kubeStateMetrics;

const is = (condition: string, parts: readonly Part[], status = "true") =>
  samples(nodeCondition, parts, { condition, status });

/** Its pods are started elsewhere after five minutes. A node that is taken out of the cluster is gone before. */
export const nodeNotReady = alert({
  name: "NodeNotReady",
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
        is("Ready", [holds(1, "5m"), holds(0, "30m"), holds(1, "10m")]),
        is("Ready", [holds(0, "5m"), holds(1, "30m"), holds(0, "10m")], "unknown"),
        is("NetworkUnavailable", [holds(1, "45m")]),
      ],
      onset: "5m",
      after: "4m45s",
      by: "5m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "it restarts in three minutes": blip({
      given: [is("Ready", [holds(1, "5m"), holds(0, "3m"), holds(1, "10m")])],
    }),
    "it is taken out of the cluster": silent({
      given: [is("Ready", [holds(1, "5m"), holds(0, "4m"), isGone("30m")])],
    }),
    "nothing is measured": absence(silent({ given: [], because: "the target that is down is told of" })),
  },
});

/** The kubelet takes pods off the node until it has what is short. */
export const nodeUnderPressure = alert({
  name: "NodeUnderPressure",
  severity: "warning",
  service: "nodes",
  team: "platform",
  measure: promql`max by (node, condition) (${nodeCondition}{condition=~".+Pressure",status="true"})`,
  on: ["node", "condition"],
  above: count(0),
  for: "2m",
  summary: "A node is short of memory, disk or process numbers, and throws pods off.",
  description: "{{ $labels.node }} reports {{ $labels.condition }}.",
  scenarios: {
    "its disk fills": fires({
      given: [is("DiskPressure", [holds(0, "5m"), holds(1, "30m"), holds(0, "10m")])],
      onset: "5m",
      after: "1m45s",
      by: "2m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "it is short for one report": blip({
      given: [is("MemoryPressure", [holds(0, "5m"), holds(1, "1m"), holds(0, "10m")])],
    }),
    "it is ready, and short of nothing": silent({
      given: [is("Ready", [holds(1, "1h")]), is("DiskPressure", [holds(1, "1h")], "false")],
    }),
    "nothing is measured": absence(silent({ given: [], because: "the target that is down is told of" })),
  },
});
