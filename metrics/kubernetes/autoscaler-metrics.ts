import { source } from "../../kit/metrics/metric";
import { clusterObjects } from "../label-vocabularies";
import { kubeStateMetricsJob } from "./kube-state-metrics";

const { gauge } = source(kubeStateMetricsJob, clusterObjects);
const labels = ["namespace", "horizontalpodautoscaler"];
const sample = { namespace: "erp", horizontalpodautoscaler: "erp-api" };

/** How far an autoscaler has gone, where the environment has one. */
export const autoscaler = {
  replicas: gauge("kube_horizontalpodautoscaler_status_current_replicas", labels, {
    help: "Pods that there are.",
    sample,
  }),
  mostReplicas: gauge("kube_horizontalpodautoscaler_spec_max_replicas", labels, {
    help: "Pods that there may be.",
    sample,
  }),
  condition: gauge("kube_horizontalpodautoscaler_status_condition", [...labels, "condition", "status"], {
    help: "1 for what is true of an autoscaler. `ScalingLimited`: it wants other numbers than it may.",
    unit: "flag",
    values: { condition: ["AbleToScale", "ScalingActive", "ScalingLimited"], status: ["true", "false", "unknown"] },
    sample: { ...sample, condition: "ScalingLimited", status: "true" },
  }),
};
