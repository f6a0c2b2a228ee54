import { closed } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { chartJob } from "../scrape-jobs";

export const prometheusOperatorJob = chartJob(
  "prometheus-operator",
  "http",
  "kube-prometheus-stack-operator",
  "kube-prometheus-stack",
);

const { gauge } = source(prometheusOperatorJob, {
  controller: closed(["alertmanager", "prometheus"], {
    "an object of a kind that this project does not create": ["prometheus-agent", "thanos"],
  }),
});

/** What the operator says of the resources that it turns into configuration. */
export const prometheusOperator = {
  syncs: gauge("prometheus_operator_syncs", ["controller", "status"], {
    help: "Objects whose last change was carried out, or could not be.",
    values: { status: ["ok", "failed"] },
    sample: { controller: "alertmanager", status: "failed" },
  }),
  resources: gauge("prometheus_operator_managed_resources", ["controller", "resource", "state"], {
    help: "Monitors, probes and rules that are in the configuration, or were left out because they are not sound.",
    values: { state: ["rejected", "selected"] },
    sample: { controller: "prometheus", resource: "PrometheusRule", state: "rejected" },
  }),
};
