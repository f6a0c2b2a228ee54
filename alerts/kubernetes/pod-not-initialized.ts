import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

const { initContainerReady: finished, podPhase } = kubeStateMetrics;
const on = ["namespace", "pod", "container"];

/** Samples of a pod: whether its init container has finished, and whether the pod is pending. */
const pod = (
  finishedParts: readonly Part[],
  pendingParts: readonly Part[],
  labels: Readonly<Record<string, string>> = {},
) => [
  samples(finished, finishedParts, labels),
  samples(podPhase, pendingParts, { namespace: "erp", pod: "erp-api-0", phase: "Pending", ...labels }),
];

/**
 * Names the container whose log states the reason. A pod stays pending until its init containers have finished, whether
 * they run, wait for the kubelet, or have no image. The series of an evicted pod stays at 0 and means nothing.
 */
export function podNotInitialized({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Alert {
  return alert({
    name: "PodNotInitialized",
    group: "platform-workloads",
    severity: "warning",
    service: "workloads",
    team: "platform",
    causedBy: ["node", "postgresql"],
    measure: promql`
      1 - min by (${on.join(", ")}) (${finished}{${inOurNamespaces}})
        and on (namespace, pod) ${podPhase}{${inOurNamespaces},phase="Pending"} == 1`,
    on,
    above: count(0),
    for: "5m",
    summary: "An init container does not finish, so that its pod does not start.",
    description:
      "The pod {{ $labels.namespace }}/{{ $labels.pod }} waits for its init container {{ $labels.container }}, whose log states the reason.",
    scenarios: {
      "the node restarts, and the database refuses the password until the Secret is repaired": fires({
        given: pod(
          [holds(1, "5m"), holds(0, lasting("10m")), holds(1, "5m")],
          [holds(0, "5m"), holds(1, lasting("10m")), holds(0, "5m")],
        ),
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("9m45s"), by: lasting("10m15s") },
      }),
      "the pod of a new version waits, and is deleted": fires({
        given: pod(
          [gone("5m"), holds(0, lasting("10m")), gone("5m")],
          [gone("5m"), holds(1, lasting("10m")), gone("5m")],
        ),
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("9m45s"), by: lasting("10m15s") },
      }),
      "a pod of a StatefulSet is deleted, and the next one with the same name waits": fires({
        given: [
          ...pod([holds(1, lasting("15m"))], [holds(0, lasting("15m"))]),
          ...pod([gone("5m"), holds(0, lasting("10m"))], [gone("5m"), holds(1, lasting("10m"))], { uid: "1" }),
        ],
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
      }),
      "the pod was evicted before its init container had finished": silent({
        given: [
          ...pod([holds(0, "30m")], [holds(1, "2m"), holds(0, "28m")]),
          ...pod([holds(1, "30m")], [holds(1, "30m")], { pod: "erp-api-1", uid: "1" }),
          ...pod([holds(1, "30m")], [holds(1, "30m")], { namespace: "monitoring", uid: "2" }),
        ],
        because: "another pod has replaced it",
      }),
      "the init container has finished and the image of the next one is pulled": silent({
        given: pod([holds(1, "30m")], [holds(1, "30m")]),
        because: "PodNotReady or ErpPodsUnavailable fires",
      }),
      "the schema is migrated during four minutes": blip({
        given: pod([holds(0, "4m"), holds(1, "20m")], [holds(1, "4m"), holds(0, "20m")]),
      }),
      "kube-state-metrics is down": absence(
        silent({ given: pod([gone("30m")], [gone("30m")]), because: "PlatformTargetsDown fires" }),
      ),
    },
  });
}
