import { type Alert, alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { cadvisor } from "../../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

const { memoryWorkingSet, activeFilePages } = cadvisor;
const { containerLimits } = kubeStateMetrics;
const on = ["namespace", "pod", "container"];
const by = `by (${on.join(", ")})`;

const allowed = 512 * 2 ** 20;
const limited = samples(containerLimits, [holds(allowed, "1h")]);
const workingSetSamples = (...parts: readonly (readonly [share: number, time: StoryTime])[]) =>
  samples(
    memoryWorkingSet,
    parts.map(([share, time]): Part => holds(share * allowed, time)),
  );

/**
 * The container will soon be killed. The working set contains file pages that the kernel frees before it kills a
 * container. They are subtracted, because the alert would otherwise always fire for PostgreSQL, Prometheus and Loki. If
 * the kubelet does not report file pages, the working set itself is compared.
 */
export function containerMemoryNearLimit({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Alert {
  const measured = `${inOurNamespaces},container!=""`;
  return alert({
    name: "ContainerMemoryNearLimit",
    group: "platform-saturation",
    severity: "warning",
    service: "containers",
    team: "platform",
    measure: promql`
      max ${by} (${memoryWorkingSet}{${measured}} - (${activeFilePages}{${measured}} or 0 * ${memoryWorkingSet}{${measured}}))
        / max ${by} (${containerLimits}{${inOurNamespaces},resource="memory"})`,
    on,
    above: ratio(0.9),
    for: "10m",
    summary: "A container is close to its memory limit: at the limit, the kernel kills it.",
    description: `{{ $labels.container }} in {{ $labels.namespace }}/{{ $labels.pod }} uses ${valueText("ratio")} of its memory limit.`,
    scenarios: {
      "the container leaks memory": fires({
        given: (limit) => [limited, workingSetSamples([0.5, "5m"], [1.02 * limit, lasting("20m")], [0.5, "10m"])],
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
        resolves: { after: lasting("19m45s"), by: lasting("20m") },
      }),
      "the container leaks memory, and the kubelet reports file pages": fires({
        given: (limit) => [
          limited,
          workingSetSamples([0.5, "5m"], [1.05 * limit, lasting("20m")]),
          pageCacheSamples(0.02),
        ],
        onset: "5m",
        after: lasting("-15s"),
        by: lasting(),
      }),
      "most of the memory caches files": silent({
        given: [limited, workingSetSamples([0.99, "1h"]), pageCacheSamples(0.3)],
        because: "the kernel frees file pages before it kills a container",
      }),
      "just below the limit": silent({ given: (limit) => [limited, workingSetSamples([0.98 * limit, "1h"])] }),
      "the container has no limit": silent({
        given: [workingSetSamples([1, "1h"])],
        because: "only the memory of the node limits it, and NodeMemoryHigh watches that",
      }),
      "a report needs much memory for five minutes": blip({
        given: (limit) => [limited, workingSetSamples([0.5, "5m"], [1.02 * limit, "5m"], [0.5, "10m"])],
      }),
      "nothing is measured": absence(
        silent({
          given: [samples(memoryWorkingSet, [gone("1h")])],
          because: "PlatformTargetsMissing fires",
        }),
      ),
    },
  });
}

function pageCacheSamples(share: number) {
  return samples(activeFilePages, [holds(share * allowed, "1h")]);
}
