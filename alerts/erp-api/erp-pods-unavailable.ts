import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";

const { deploymentAvailable: available, deploymentUnavailable: unavailable } = kubeStateMetrics;
const erpDeployments = 'deployment=~"erp-(api|worker|beat)"';

const podSamples = (availablePods: readonly Part[], unavailablePods: readonly Part[]) => [
  samples(available, availablePods),
  samples(unavailable, unavailablePods),
];

/**
 * Users notice nothing yet, because the remaining pods serve the requests. The loss of another pod may be one too many.
 * Pods of a new version count as unavailable until they are ready, so that the alert also fires for a rollout that is
 * stuck.
 */
export const erpPodsUnavailable = alert({
  name: "ErpPodsUnavailable",
  group: "erp-availability",
  severity: "warning",
  service: "erp",
  team: "erp",
  measure: promql`sum by (namespace, deployment) (${available}{${erpDeployments}}) / sum by (namespace, deployment) (${available}{${erpDeployments}} + ${unavailable}{${erpDeployments}})`,
  on: ["namespace", "deployment"],
  below: ratio(1),
  for: "15m",
  summary: "The ERP runs with fewer pods than configured.",
  description: `Only ${valueText("ratio")} of the pods of the Deployment {{ $labels.deployment }} are available.`,
  scenarios: {
    "one of many pods does not come back": fires({
      given: podSamples(
        [holds(12, "5m"), holds(11, lasting("25m")), holds(12, "5m")],
        [holds(0, "5m"), holds(1, lasting("25m")), holds(0, "5m")],
      ),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("24m45s"), by: lasting("25m") },
    }),
    "a rollout is stuck at the first new pod": fires({
      given: podSamples([holds(12, "30m")], [holds(0, "5m"), holds(1, lasting("10m"))]),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "every pod is available": silent({ given: podSamples([holds(3, "1h")], [holds(0, "1h")]) }),
    "a rollout takes ten minutes": blip({
      given: podSamples([holds(3, "30m")], [holds(0, "5m"), holds(1, "10m"), holds(0, "15m")]),
    }),
    "the Deployment is scaled to zero": silent({
      given: podSamples([holds(0, "1h")], [holds(0, "1h")]),
      because: "this is intended; for the API, ErpDown pages",
    }),
    "kube-state-metrics is down": absence(
      silent({ given: podSamples([gone("30m")], [gone("30m")]), because: "PlatformTargetsMissing fires" }),
    ),
  },
});
