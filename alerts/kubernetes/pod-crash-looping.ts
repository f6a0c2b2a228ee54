import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { ourNamespaces } from "../../settings/addresses";

const { containerRestarts: restarts } = kubeStateMetrics;
const ourRestarts = `${restarts}{namespace=~"${ourNamespaces}"}`;
const on = ["namespace", "pod", "container"];

/** As many restarts as that, evenly over so many seconds. */
const restartRate = (times: number, seconds: number): Part => rises(times / seconds, `${seconds}s`);

/**
 * The kubelet waits longer from time to time, at most five minutes: half an hour holds enough restarts, however long
 * the container lives in between. A pod that is gone is nobody's trouble any more, although its restarts were.
 */
export const podCrashLooping = alert({
  name: "PodCrashLooping",
  group: "platform-workloads",
  severity: "warning",
  service: "workloads",
  team: "platform",
  measure: promql`
    sum by (${on.join(", ")}) (increase(${ourRestarts}[30m])) and on (${on.join(", ")}) ${ourRestarts}`,
  on,
  above: count(3),
  summary: "A container ends again and again.",
  description: `{{ $labels.container }} in {{ $labels.namespace }}/{{ $labels.pod }} was started anew ${valueText("count", "time")} in half an hour.`,
  scenarios: {
    "it ends every five minutes": fires({
      given: (limit) => [samples(restarts, [holds(0, "30m"), restartRate(2 * limit, 1800), holds(2 * limit, "1h")])],
      onset: "30m",
      after: "14m30s",
      by: "16m",
      resolves: { after: "44m", by: "46m" },
    }),
    "the release that brought it is rolled back": fires({
      given: (limit) => [samples(restarts, [holds(0, "30m"), restartRate(2 * limit, 1800), gone("30m")])],
      onset: "30m",
      after: "14m30s",
      by: "16m",
      resolves: { after: "29m45s", by: "30m15s" },
    }),
    "it ends every twelve minutes": silent({
      given: (limit) => [samples(restarts, [holds(0, "30m"), restartRate(2 * 0.8 * limit, 3600)])],
      because: "as seldom as that it serves most of the time",
    }),
    "two pods end half as often each": silent({
      given: (limit) =>
        ["erp-api-0", "erp-api-1"].map((pod) =>
          samples(restarts, [holds(0, "30m"), restartRate(0.8 * limit, 1800), holds(0.8 * limit, "30m")], {
            pod,
          }),
        ),
    }),
    "nothing is measured": absence(silent({ given: [], because: "the alert on the target that is down fires" })),
  },
});
