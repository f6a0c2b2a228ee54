import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { namespaces } from "../../settings/addresses";
import { coveredNamespaces, namespacesOfTeams } from "../../settings/team-members";

type PodsInventory = Pick<Inventory, "environment" | "inOurNamespaces">;

const { podPhase, podReady } = kubeStateMetrics;
const on = ["namespace", "pod"];
const by = `by (${on.join(", ")})`;

/** Samples of both readiness series of kube-state-metrics, ready and not ready. */
const readinessSamples = (parts: readonly (readonly [ready: 0 | 1, time: StoryTime])[], pod = "loki-0") =>
  (["true", "false"] as const).map((condition) =>
    samples(
      podReady,
      parts.map(([ready, time]) => holds(condition === "true" ? ready : 1 - ready, time)),
      { condition, pod },
    ),
  );
const phaseSamples = (name: string, parts: readonly Part[], pod = "loki-0", namespace = "monitoring") =>
  samples(podPhase, parts, { phase: name, pod, namespace });

/**
 * Series of all pods except those of the ERP, for which ErpPodsUnavailable fires. Pods in the namespaces of teams may have
 * similar names.
 */
function seriesOfPods({ environment, inOurNamespaces }: PodsInventory, metric: Metric, matchers: string): Promql {
  if (namespacesOfTeams(environment).length === 0)
    return promql`${metric}{${inOurNamespaces},pod!~"erp-.+",${matchers}}`;
  const others = coveredNamespaces(environment).filter((namespace) => namespace !== namespaces.erp);
  return promql`
    ${metric}{namespace=~"${others.join("|")}",${matchers}}
      or ${metric}{namespace="${namespaces.erp}",pod!~"erp-.+",${matchers}}`;
}

/**
 * A pod without a node has no readiness series, so that the alert looks for pods that should run and are not reported
 * as ready, whatever the reason.
 */
export function podNotReady(inventory: PodsInventory): Alert {
  const phases = seriesOfPods(inventory, podPhase, 'phase=~"Pending|Running|Unknown"');
  const ready = seriesOfPods(inventory, podReady, 'condition="true"');
  return alert({
    name: "PodNotReady",
    group: "platform-workloads",
    severity: "warning",
    service: "workloads",
    team: "platform",
    causedBy: ["node"],
    measure: promql`
      max ${by} (${phases})
        unless on (${on.join(", ")}) ${ready} == 1`,
    on,
    above: count(0),
    for: "15m",
    summary: "A pod that should run is not ready.",
    description: "{{ $labels.namespace }}/{{ $labels.pod }} has not been ready for a quarter of an hour.",
    scenarios: {
      "the readiness probe fails": fires({
        given: [
          phaseSamples("Running", [holds(1, "1h")]),
          ...readinessSamples([
            [1, "5m"],
            [0, lasting("15m")],
            [1, "10m"],
          ]),
        ],
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("14m45s"), by: lasting("15m") },
      }),
      "no node has room for the pod": fires({
        given: [phaseSamples("Pending", [holds(1, lasting("45m"))])],
        after: lasting("-15s"),
        by: lasting(),
      }),
      "two new pods take ten minutes each": silent({
        given: ["loki-0", "loki-1"].flatMap((pod, index) => [
          phaseSamples("Running", [holds(1, "1h")], pod),
          ...readinessSamples([...(index === 1 ? [[1, "10m"] as const] : []), [0, "10m"], [1, "40m"]], pod),
        ]),
      }),
      "the pod of a Job has completed": silent({
        given: [
          phaseSamples("Succeeded", [holds(1, "1h")], "backup"),
          phaseSamples("Running", [holds(0, "1h")], "backup"),
        ],
        because: "a completed pod is never ready",
      }),
      "the pod belongs to the ERP": silent({
        given: [phaseSamples("Pending", [holds(1, "1h")], "erp-api-0", "erp")],
        because: "ErpPodsUnavailable fires",
      }),
      "a new pod needs five minutes": blip({
        given: [
          phaseSamples("Running", [holds(1, "1h")]),
          ...readinessSamples([
            [0, "5m"],
            [1, "55m"],
          ]),
        ],
      }),
      "nothing is measured": absence(silent({ given: [phaseSamples("Running", [gone("1h")])] })),
    },
  });
}
