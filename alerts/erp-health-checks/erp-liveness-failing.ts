import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, repeatParts, rises } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpWorkerJob } from "../../metrics/celery/erp-worker-metrics";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import { kubeletProbes } from "../../metrics/kubernetes/kubelet-probe-metrics";
import { failed, podSamples } from "./kubelet-probe-samples";

const { probes } = kubeletProbes;

const liveness = (which = "") =>
  promql`sum by (namespace, container) (increase(${probes}{container=~"${erpApiJob.name}|${erpWorkerJob.name}",probe_type="Liveness"${which}}[10m]))`;

/**
 * A failed liveness probe means that the process hangs, because the probe depends on nothing else. After three failures
 * in a row, the kubelet restarts the container. The counter of failures starts with the first failure, which `increase`
 * does not see, so that at least two failures are needed.
 */
export const erpLivenessFailing = alert({
  name: "ErpLivenessFailing",
  group: "erp-health-checks",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["node"],
  measure: promql`${liveness(failed)} or 0 * ${liveness()}`,
  on: ["namespace", "container"],
  above: count(2),
  for: "10m",
  summary: "Processes of the ERP hang and are restarted.",
  description: `${valueText("count", "liveness probe")} of {{ $labels.container }} in {{ $labels.namespace }} failed in the last ten minutes. After three failures in a row, Kubernetes restarts the container.`,
  scenarios: {
    "the kubelet restarts the container every five minutes": fires({
      given: podSamples(
        "Liveness",
        "a",
        [],
        [...repeatParts([rises(0.1, "30s"), rises(0, "4m30s")], 8), rises(0, "30m")],
      ),
      after: lasting("-1m"),
      by: lasting("1m"),
      resolves: { after: "44m30s", by: "46m" },
    }),
    "one probe fails every four minutes": fires({
      given: podSamples("Liveness", "a", [], [rises(1 / 240, lasting("50m"))]),
      after: lasting(),
      by: lasting("11m"),
    }),
    "one probe fails every six minutes": silent({
      given: podSamples("Liveness", "a", [], [rises(1 / 360, "2h")]),
      because: "so few failed probes need no attention",
    }),
    "the kubelet restarts the container once": blip({
      given: podSamples("Liveness", "a", [], [holds(0, "10m"), rises(0.1, "30s"), rises(0, "30m")]),
    }),
    "no probe ever failed": absence(
      silent({
        given: podSamples("Liveness", "a", [rises(0.1, "30m")], []),
        because: "the counter of failures starts with the first failure",
      }),
    ),
  },
});
