import { closed, open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import type { UnitByLabel } from "../../kit/queries/units";
import { clusterObjects } from "../label-vocabularies";
import { chartJob } from "../scrape-jobs";

export const kubeStateMetricsJob = chartJob("kube-state-metrics", "http", "kube-state-metrics", "kube-state-metrics");

const { counter, gauge } = source(kubeStateMetricsJob, {
  ...clusterObjects,
  resource: open("device plugins add resources", ["cpu", "memory", "ephemeral_storage"]),
  unit: closed(["byte"], { "a request or limit in this unit": ["core", "integer"] }),
  reason: open("the container runtime defines the reasons", ["OOMKilled", "Error", "Completed"]),
});
const pod = ["namespace", "pod", "uid"];
const container = [...pod, "container"];
const deployment = ["namespace", "deployment"];
/** Units by resource. CPU time per second is a number of CPUs. */
const unit: UnitByLabel = {
  label: "resource",
  units: { cpu: "secondsPerSecond", memory: "bytes", ephemeral_storage: "bytes" },
};
const resource = {
  unit,
  sample: {
    namespace: "erp",
    pod: "erp-api-0",
    uid: "0",
    container: "erp-api",
    node: "node",
    resource: "memory",
    unit: "byte",
  },
};

/** Metrics of the objects in the Kubernetes API. */
export const kubeStateMetrics = {
  containerRestarts: counter("kube_pod_container_status_restarts_total", container, {
    help: "Number of restarts of a container.",
    sample: { namespace: "erp", pod: "erp-api-0", uid: "0", container: "erp-api" },
  }),
  containerRequests: gauge("kube_pod_container_resource_requests", [...container, "node", "resource", "unit"], {
    help: "Resource requests of a container. Autoscaling compares CPU use with the request.",
    ...resource,
  }),
  containerLimits: gauge("kube_pod_container_resource_limits", [...container, "node", "resource", "unit"], {
    help: "Resource limits of a container.",
    ...resource,
  }),
  deploymentAvailable: gauge("kube_deployment_status_replicas_available", deployment, {
    help: "Pods of a Deployment that are available: ready for a minimum time.",
    sample: { namespace: "erp", deployment: "erp-api" },
  }),
  deploymentUnavailable: gauge("kube_deployment_status_replicas_unavailable", deployment, {
    help: "Pods of a Deployment that are still missing, including pods of a new version that do not become ready.",
    sample: { namespace: "erp", deployment: "erp-api" },
  }),
  deploymentGeneration: gauge("kube_deployment_status_observed_generation", deployment, {
    help: "Rises with every change of a Deployment that its controller has processed. Marks rollouts.",
    sample: { namespace: "erp", deployment: "erp-api" },
  }),
  lastTerminated: gauge("kube_pod_container_status_last_terminated_reason", [...container, "reason"], {
    help: "1 for the reason of a container's last termination. It stays as long as the pod exists.",
    unit: "flag",
    sample: { namespace: "erp", pod: "erp-api-0", uid: "0", container: "erp-api", reason: "OOMKilled" },
  }),
  lastTerminatedAt: gauge("kube_pod_container_status_last_terminated_timestamp", container, {
    help: "Unix time of a container's last termination. It stays as long as the pod exists.",
    unit: "time",
    sample: { namespace: "erp", pod: "erp-api-0", uid: "0", container: "erp-api" },
  }),
  podPhase: gauge("kube_pod_status_phase", [...pod, "phase"], {
    help: "1 for the current phase of a pod.",
    unit: "flag",
    values: { phase: ["Pending", "Running", "Succeeded", "Failed", "Unknown"] },
    sample: { namespace: "monitoring", pod: "loki-0", uid: "0", phase: "Running" },
  }),
  podReady: gauge("kube_pod_status_ready", [...pod, "condition"], {
    help: "1 for the current readiness of a pod. Absent until the pod has a node.",
    unit: "flag",
    values: { condition: ["true", "false", "unknown"] },
    sample: { namespace: "monitoring", pod: "loki-0", uid: "0", condition: "true" },
  }),
  initContainerReady: gauge("kube_pod_init_container_status_ready", container, {
    help: "1 when an init container has finished. 0 while it runs, waits or is started again.",
    unit: "flag",
    sample: { namespace: "erp", pod: "erp-api-0", uid: "0", container: "await-migrations" },
  }),
  jobFailed: gauge("kube_job_failed", ["namespace", "job_name", "condition"], {
    help: "1 when a Job has used up its retries. Absent until then.",
    unit: "flag",
    values: { condition: ["true", "false", "unknown"] },
    sample: { namespace: "erp", job_name: "erp-migrate", condition: "true" },
  }),
  daemonSetDesired: gauge("kube_daemonset_status_desired_number_scheduled", ["namespace", "daemonset"], {
    help: "Nodes that should have a pod of a DaemonSet.",
    sample: { namespace: "node-agents", daemonset: "promtail" },
  }),
  daemonSetScheduled: gauge("kube_daemonset_status_current_number_scheduled", ["namespace", "daemonset"], {
    help: "Nodes that should have a pod of a DaemonSet and have one, running or not.",
    sample: { namespace: "node-agents", daemonset: "promtail" },
  }),
  nodeCondition: gauge("kube_node_status_condition", ["node", "condition", "status"], {
    help: "1 for the current status of a condition of a node.",
    unit: "flag",
    values: {
      condition: closed(["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"], {
        "a network plugin or cloud that reports it": ["NetworkUnavailable"],
      }),
      status: ["true", "false", "unknown"],
    },
    sample: { node: "node", condition: "Ready", status: "true" },
  }),
  nodeAllocatable: gauge("kube_node_status_allocatable", ["node", "resource", "unit"], {
    help: "Resources of a node that are available to pods.",
    unit,
    sample: { node: "node", resource: "memory", unit: "byte" },
  }),
};
