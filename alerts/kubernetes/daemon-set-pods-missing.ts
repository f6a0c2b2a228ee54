import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

const { daemonSetDesired: desired, daemonSetScheduled: scheduled } = kubeStateMetrics;
const on = ["namespace", "daemonset"];

/**
 * A pod that is rejected, by a quota or by Pod Security, does not exist, and PodNotReady sees only existing pods.
 * During a rollout of kube-state-metrics there are two instances; the smaller difference counts, because a new instance
 * may not know the pods yet.
 */
export function daemonSetPodsMissing({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Alert {
  return alert({
    name: "DaemonSetPodsMissing",
    group: "platform-workloads",
    severity: "warning",
    service: "workloads",
    team: "platform",
    measure: promql`min by (${on.join(", ")}) (${desired}{${inOurNamespaces}} - ${scheduled}{${inOurNamespaces}})`,
    on,
    above: count(0),
    for: "15m",
    summary: "A DaemonSet lacks a pod on a node: logs or metrics of that node may be missing.",
    description: `The pod of {{ $labels.namespace }}/{{ $labels.daemonset }} is missing on ${valueText("count", "node")}.`,
    scenarios: {
      "the pod of one node is rejected": fires({
        given: [
          samples(desired, [holds(3, lasting("45m"))]),
          samples(scheduled, [holds(3, "5m"), holds(2, lasting("15m")), holds(3, "10m")]),
        ],
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("14m45s"), by: lasting("15m") },
      }),
      "a new kube-state-metrics does not know the pods yet": silent({
        given: [
          samples(desired, [holds(3, "1h")]),
          samples(scheduled, [holds(3, "1h")]),
          ...[desired, scheduled].map((metric) =>
            samples(metric, [gone("5m"), holds(metric === desired ? 3 : 0, "55m")], { pod: "kube-state-metrics-1" }),
          ),
        ],
      }),
      "each node has a pod": silent({
        given: [samples(desired, [holds(3, "1h")]), samples(scheduled, [holds(3, "1h")])],
      }),
      "a new node gets its pod after two minutes": blip({
        given: [
          samples(desired, [holds(3, "5m"), holds(4, "30m")]),
          samples(scheduled, [holds(3, "7m"), holds(4, "28m")]),
        ],
      }),
      "nothing is measured": absence(silent({ given: [samples(desired, [gone("1h")])] })),
    },
  });
}
