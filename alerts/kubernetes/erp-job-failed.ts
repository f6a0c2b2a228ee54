import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { namespaces } from "../../settings/addresses";

const { jobFailed } = kubeStateMetrics;
const on = ["namespace", "job_name"];

/**
 * Pods of a new version wait for their migration, and the old pods continue to serve, so that users notice nothing
 * until the old pods are gone.
 */
export const erpJobFailed = alert({
  name: "ErpJobFailed",
  group: "erp-workloads",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["postgresql"],
  measure: promql`max by (${on.join(", ")}) (${jobFailed}{namespace="${namespaces.erp}",condition="true"})`,
  on,
  above: count(0),
  for: "1m",
  summary: "A Job of the ERP failed and is not retried.",
  description:
    "The Job {{ $labels.namespace }}/{{ $labels.job_name }} has used up its retries. If it is the migration, new pods wait for it while the old pods serve requests.",
  scenarios: {
    "the Job fails and is replaced": fires({
      given: [samples(jobFailed, [gone("5m"), holds(1, lasting("29m")), gone("5m")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("28m45s"), by: lasting("29m") },
    }),
    "the failed Job is deleted at once": blip({
      given: [samples(jobFailed, [gone("5m"), holds(1, "45s"), gone("5m")])],
    }),
    "the Job did not fail": silent({
      given: [samples(jobFailed, [holds(0, "30m")]), samples(jobFailed, [holds(1, "30m")], { condition: "false" })],
    }),
    "the Job is in another namespace": silent({
      given: [samples(jobFailed, [holds(1, "30m")], { namespace: "backup" })],
    }),
    "no Job has failed": absence(silent({ given: [] })),
  },
});
