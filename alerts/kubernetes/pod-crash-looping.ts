import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, lost, type Part, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

const { containerRestarts: restarts } = kubeStateMetrics;
const on = ["namespace", "pod", "container"];

/** This many restarts, evenly over this many seconds. */
const restartRate = (times: number, seconds: number): Part => rises(times / seconds, `${seconds}s`);

/**
 * The kubelet waits longer before each restart, at most five minutes, so that half an hour contains enough restarts
 * however long the container runs in between. The alert resolves when the pod is deleted, although its restarts are
 * still in the window.
 */
export function podCrashLooping({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Alert {
  const ourRestarts = `${restarts}{${inOurNamespaces}}`;
  return alert({
    name: "PodCrashLooping",
    group: "platform-workloads",
    severity: "warning",
    service: "workloads",
    team: "platform",
    measure: promql`
      sum by (${on.join(", ")}) (increase(${ourRestarts}[30m])) and on (${on.join(", ")}) ${ourRestarts}`,
    on,
    above: count(3),
    summary: "A container restarts again and again.",
    description: `{{ $labels.container }} in {{ $labels.namespace }}/{{ $labels.pod }} restarted ${valueText("count", "time")} in the last half hour.`,
    scenarios: {
      "the container restarts every five minutes": fires({
        given: (limit) => [samples(restarts, [holds(0, "30m"), restartRate(2 * limit, 1800), holds(2 * limit, "1h")])],
        onset: "30m",
        after: "14m30s",
        by: "16m",
        resolves: { after: "44m", by: "46m" },
      }),
      "the container restarts while Prometheus loses 945 seconds": fires({
        given: (limit) => [samples(restarts, [holds(0, "30m"), lost("945s"), holds(2 * limit, "1h")])],
        onset: "45m30s",
        after: "0s",
        by: "15s",
        resolves: { after: "13m", by: "15m" },
      }),
      "the release is rolled back and the pod is deleted": fires({
        given: (limit) => [samples(restarts, [holds(0, "30m"), restartRate(2 * limit, 1800), gone("30m")])],
        onset: "30m",
        after: "14m30s",
        by: "16m",
        resolves: { after: "29m45s", by: "30m15s" },
      }),
      "the container restarts every twelve minutes": silent({
        given: (limit) => [samples(restarts, [holds(0, "30m"), restartRate(2 * 0.8 * limit, 3600)])],
        because: "it serves requests most of the time",
      }),
      "two pods restart, each below the limit": silent({
        given: (limit) =>
          ["erp-api-0", "erp-api-1"].map((pod) =>
            samples(restarts, [holds(0, "30m"), restartRate(0.8 * limit, 1800), holds(0.8 * limit, "30m")], {
              pod,
            }),
          ),
      }),
      "nothing is measured": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
    },
  });
}
