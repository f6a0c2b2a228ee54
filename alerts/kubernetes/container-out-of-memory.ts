import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { cadvisor } from "../../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { ourNamespaces } from "../../settings/addresses";

const { containerRestarts: restarts, lastTerminated } = kubeStateMetrics;
const { outOfMemory } = cadvisor;
const inOurNamespaces = `namespace=~"${ourNamespaces}"`;
const on = ["namespace", "pod", "container"];
const by = `by (${on.join(", ")})`;
/** One more within the 30 seconds of a scrape. */
const once = rises(1 / 30, "30s");

const otherContainers: readonly Readonly<Record<string, string>>[] = [
  { namespace: "logging" },
  { pod: "erp-api-1" },
  { container: "migrations" },
];

/**
 * Either the container ended and was started anew: the reason stays for as long as the pod, so it takes a restart as
 * well. Or the kernel killed one of its processes, such as a worker's child, and the container went on.
 */
export const containerOutOfMemory = alert({
  name: "ContainerOutOfMemory",
  group: "platform-saturation",
  severity: "warning",
  service: "containers",
  team: "platform",
  measure: promql`
    sum ${by} (increase(${outOfMemory}{${inOurNamespaces},container!=""}[10m])) > 0
      or sum ${by} (increase(${restarts}{${inOurNamespaces}}[10m]))
        and on (${on.join(", ")}) ${lastTerminated}{${inOurNamespaces},reason="OOMKilled"} == 1`,
  on,
  above: count(0),
  summary: "A container was killed for want of memory.",
  description: `{{ $labels.container }} in {{ $labels.namespace }}/{{ $labels.pod }} used up its memory ${valueText("count", "time")} in ten minutes, and was killed.`,
  scenarios: {
    "it is killed, and started anew": fires({
      given: [
        samples(restarts, [holds(0, "5m"), once, holds(1, "20m")]),
        samples(lastTerminated, [gone("5m"), holds(1, "20m")], { reason: "OOMKilled" }),
      ],
      onset: "5m",
      after: "0s",
      by: "30s",
      resolves: { after: "9m30s", by: "10m45s" },
    }),
    "one of its processes is killed, and it goes on": fires({
      given: [samples(outOfMemory, [holds(0, "5m"), once, holds(1, "20m")])],
      onset: "5m",
      after: "0s",
      by: "30s",
      resolves: { after: "9m30s", by: "10m45s" },
    }),
    "it is started anew for another reason": silent({
      given: [
        samples(restarts, [holds(0, "5m"), once, holds(1, "20m")]),
        samples(lastTerminated, [gone("5m"), holds(1, "20m")], { reason: "Error" }),
        ...otherContainers.map((labels) =>
          samples(lastTerminated, [holds(1, "25m")], { reason: "OOMKilled", ...labels }),
        ),
      ],
      because: "those that were killed are others, and were not started anew",
    }),
    "it was killed last week": silent({
      given: [
        samples(restarts, [holds(1, "1h")]),
        samples(lastTerminated, [holds(1, "1h")], { reason: "OOMKilled" }),
        samples(outOfMemory, [holds(1, "1h")]),
      ],
      because: "the reason stays, and the alert fired for it at the time",
    }),
    "nothing is measured": absence(silent({ given: [], because: "the alert on the target that is down fires" })),
  },
});
