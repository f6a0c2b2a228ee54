import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { autoscaler } from "../../metrics/kubernetes/autoscaler-metrics";
import { namespaces } from "../../settings/addresses";

const { replicas, mostReplicas, condition } = autoscaler;
const inErpNamespace = `namespace="${namespaces.erp}"`;
const on = ["namespace", "horizontalpodautoscaler"];
const by = `by (${on.join(", ")})`;
const most = 12;

const autoscalerSamples = (pods: readonly Part[], limited: readonly Part[]) => [
  samples(mostReplicas, [holds(most, "2h")]),
  samples(replicas, pods),
  samples(condition, limited),
  samples(
    condition,
    limited.map(({ for: time, value }) => holds(1 - (value?.from ?? 0), time)),
    { status: "false" },
  ),
  samples(condition, [holds(1, "2h")], { condition: "AbleToScale" }),
];

/** The maximum alone is not a problem. It becomes one when the autoscaler asks for more pods. */
export const erpAutoscalerAtMaximum = alert({
  name: "ErpAutoscalerAtMaximum",
  group: "erp-workloads",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  measure: promql`min ${by} (${mostReplicas}{${inErpNamespace}} - ${replicas}{${inErpNamespace}})`,
  below: count(1),
  provided: promql`max ${by} (${condition}{${inErpNamespace},condition="ScalingLimited",status="true"}) == 1`,
  on,
  for: "15m",
  summary: "The ERP needs more pods than its autoscaler may create.",
  description:
    "The autoscaler {{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} runs its maximum number of pods, and the load requires more.",
  scenarios: {
    "the load is higher than all pods can serve": fires({
      given: autoscalerSamples(
        [holds(3, "5m"), holds(most, lasting("25m")), holds(6, "10m")],
        [holds(0, "5m"), holds(1, lasting("25m")), holds(0, "10m")],
      ),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("24m45s"), by: lasting("25m") },
    }),
    "the maximum number of pods is enough": lowTraffic({
      given: autoscalerSamples([holds(most, "1h")], [holds(0, "1h")]),
    }),
    "one more pod is allowed": silent({
      given: (limit) => autoscalerSamples([holds(most - limit, "1h")], [holds(1, "1h")]),
      because: "only the speed of scaling is limited",
    }),
    "high load lasts ten minutes": blip({
      given: autoscalerSamples(
        [holds(3, "5m"), holds(most, "10m"), holds(6, "10m")],
        [holds(0, "5m"), holds(1, "10m"), holds(0, "10m")],
      ),
    }),
    "nothing is measured": absence(
      silent({ given: [samples(replicas, [gone("1h")])], because: "PlatformTargetsMissing fires" }),
    ),
  },
});
