import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { cadvisor } from "../../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { ourNamespaces } from "../../settings/addresses";

const { memoryWorkingSet, activeFilePages } = cadvisor;
const { containerLimits } = kubeStateMetrics;
const inOurNamespaces = `namespace=~"${ourNamespaces}"`;
const measured = `${inOurNamespaces},container!=""`;
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
 * Killed before long. Pages of files count into the working set, yet the kernel takes them back before it kills: with them
 * PostgreSQL, Prometheus and Loki would look ill for ever. A kubelet that does not tell them apart is taken at its word.
 */
export const containerMemoryNearLimit = alert({
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
  summary: "A container will soon be killed for want of memory.",
  description: `{{ $labels.container }} in {{ $labels.namespace }}/{{ $labels.pod }} holds ${valueText("ratio")} of the memory at which it is killed.`,
  scenarios: {
    "it leaks": fires({
      given: (limit) => [limited, workingSetSamples([0.5, "5m"], [1.02 * limit, lasting("20m")], [0.5, "10m"])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "it leaks, and the kubelet tells file pages apart": fires({
      given: (limit) => [
        limited,
        workingSetSamples([0.5, "5m"], [1.05 * limit, lasting("20m")]),
        pageCacheSamples(0.02),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "it keeps the files that it reads in memory": silent({
      given: [limited, workingSetSamples([0.99, "1h"]), pageCacheSamples(0.3)],
      because: "the kernel takes their pages back before it kills",
    }),
    "just under the limit": silent({ given: (limit) => [limited, workingSetSamples([0.98 * limit, "1h"])] }),
    "it has no limit": silent({
      given: [workingSetSamples([1, "1h"])],
      because: "then the node's memory is what counts",
    }),
    "a report needs much for five minutes": blip({
      given: (limit) => [limited, workingSetSamples([0.5, "5m"], [1.02 * limit, "5m"], [0.5, "10m"])],
    }),
    "nothing is measured": absence(
      silent({
        given: [samples(memoryWorkingSet, [gone("1h")])],
        because: "the alert on the target that is down fires",
      }),
    ),
  },
});

function pageCacheSamples(share: number) {
  return samples(activeFilePages, [holds(share * allowed, "1h")]);
}
