import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, lost, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { cadvisor } from "../../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

const { lastTerminated, lastTerminatedAt } = kubeStateMetrics;
const { outOfMemory } = cadvisor;
const on = ["namespace", "pod", "container"];
const by = `by (${on.join(", ")})`;
/** The counter rises by one within the 30 seconds of a scrape. */
const once = rises(1 / 30, "30s");

const otherContainers: readonly Readonly<Record<string, string>>[] = [
  { namespace: "logging" },
  { pod: "erp-api-1" },
  { container: "migrations" },
];

/** How long the alert fires, and how many samples Prometheus may lose without missing an event. */
const recentSeconds = 30 * 60;

/**
 * There are two cases. The container was killed and restarted: its last termination reason stays `OOMKilled` as long as
 * the pod exists, so that a recent termination is required too. The time of the termination also counts if Prometheus has no
 * sample from before, as after its own end. Or the kernel killed one process in the container, such as a worker's child, and
 * the container keeps running.
 */
export function containerOutOfMemory({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Alert {
  return alert({
    name: "ContainerOutOfMemory",
    group: "platform-saturation",
    severity: "warning",
    service: "containers",
    team: "platform",
    measure: promql`
      sum ${by} (increase(${outOfMemory}{${inOurNamespaces},container!=""}[${recentSeconds / 60}m])) > 0
        or count ${by} (
          time() - ${lastTerminatedAt}{${inOurNamespaces}} < ${recentSeconds}
            and on (${on.join(", ")}) ${lastTerminated}{${inOurNamespaces},reason="OOMKilled"} == 1)`,
    on,
    above: count(0),
    summary: "A container ran out of memory, and the kernel killed it or one of its processes.",
    description: `{{ $labels.container }} in {{ $labels.namespace }}/{{ $labels.pod }} ran out of memory at least ${valueText("count", "time")} in the last 30 minutes.`,
    scenarios: {
      "the container is killed and restarted": fires({
        given: [
          samples(lastTerminatedAt, [gone("5m"), holds(300, "50m")]),
          samples(lastTerminated, [gone("5m"), holds(1, "50m")], { reason: "OOMKilled" }),
        ],
        onset: "4m45s",
        after: "0s",
        by: "15s",
        resolves: { after: "29m30s", by: "30m15s" },
      }),
      "one process is killed and the container keeps running": fires({
        given: [samples(outOfMemory, [holds(0, "5m"), once, holds(1, "50m")])],
        onset: "5m",
        after: "0s",
        by: "30s",
        resolves: { after: "29m30s", by: "30m45s" },
      }),
      "Prometheus itself is killed, and loses 945 seconds": fires({
        given: [
          samples(lastTerminatedAt, [gone("5m"), lost("945s"), holds(1230, "40m")]),
          samples(lastTerminated, [gone("5m"), lost("945s"), holds(1, "40m")], { reason: "OOMKilled" }),
        ],
        onset: "20m30s",
        after: "0s",
        by: "15s",
        resolves: { after: "29m15s", by: "30m" },
      }),
      "one process is killed while Prometheus loses 945 seconds": fires({
        given: [samples(outOfMemory, [holds(0, "5m"), lost("945s"), holds(1, "40m")])],
        onset: "20m30s",
        after: "0s",
        by: "15s",
        resolves: { after: "13m30s", by: "14m45s" },
      }),
      "the container restarts for another reason": silent({
        given: [
          samples(lastTerminatedAt, [gone("5m"), holds(300, "20m")]),
          samples(lastTerminated, [gone("5m"), holds(1, "20m")], { reason: "Error" }),
          ...otherContainers.map((labels) =>
            samples(lastTerminated, [holds(1, "25m")], { reason: "OOMKilled", ...labels }),
          ),
        ],
        because: "other containers were killed, and not recently",
      }),
      "the container was killed last week": silent({
        given: [
          samples(lastTerminatedAt, [holds(-604_800, "1h")]),
          samples(lastTerminated, [holds(1, "1h")], { reason: "OOMKilled" }),
          samples(outOfMemory, [holds(1, "1h")]),
        ],
        because: "the termination reason stays, and the alert fired last week",
      }),
      "nothing is measured": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
