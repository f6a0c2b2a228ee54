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

/** Metrics of the Prometheus operator about the resources that it converts to configuration. */
export const prometheusOperator = {
  syncs: gauge("prometheus_operator_syncs", ["controller", "status"], {
    help: "Objects by the result of their last synchronisation.",
    values: { status: ["ok", "failed"] },
    sample: { controller: "alertmanager", status: "failed" },
  }),
  resources: gauge("prometheus_operator_managed_resources", ["controller", "resource", "state"], {
    help: "Monitors, probes and rules that are in the configuration, or were rejected because they are not valid.",
    values: { state: ["rejected", "selected"] },
    sample: { controller: "prometheus", resource: "PrometheusRule", state: "rejected" },
  }),
};
