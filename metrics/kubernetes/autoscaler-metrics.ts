import { source } from "../../kit/metrics/metric";
import { clusterObjects } from "../label-vocabularies";
import { kubeStateMetricsJob } from "./kube-state-metrics";

const { gauge } = source(kubeStateMetricsJob, clusterObjects);
const labels = ["namespace", "horizontalpodautoscaler"];
const sample = { namespace: "erp", horizontalpodautoscaler: "erp-api" };

/** Metrics of the ERP's autoscaler, in environments that have one. */
export const autoscaler = {
  replicas: gauge("kube_horizontalpodautoscaler_status_current_replicas", labels, {
    help: "Current number of pods.",
    sample,
  }),
  mostReplicas: gauge("kube_horizontalpodautoscaler_spec_max_replicas", labels, {
    help: "Maximum number of pods.",
    sample,
  }),
  condition: gauge("kube_horizontalpodautoscaler_status_condition", [...labels, "condition", "status"], {
    help: "1 for the current status of a condition of the autoscaler. `ScalingLimited`: it wants a number of pods that its limits do not allow.",
    unit: "flag",
    values: { condition: ["AbleToScale", "ScalingActive", "ScalingLimited"], status: ["true", "false", "unknown"] },
    sample: { ...sample, condition: "ScalingLimited", status: "true" },
  }),
};
