import { jobs } from "./jobs";
import { source } from "./metric";

const { counter, gauge } = source(jobs.kubeStateMetrics);
const pod = ["namespace", "pod", "uid"];
const container = [...pod, "container"];
const deployment = ["namespace", "deployment"];
const resource = {
  values: { unit: ["core", "byte", "integer"] },
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

/** Kubernetes' objects as the API server knows them. */
export const kubeStateMetrics = {
  containerRestarts: counter("kube_pod_container_status_restarts_total", container, {
    help: "How often a container was started anew.",
    sample: { namespace: "erp", pod: "erp-api-0", uid: "0", container: "erp-api" },
  }),
  containerRequests: gauge("kube_pod_container_resource_requests", [...container, "node", "resource", "unit"], {
    help: "What a container is promised; autoscaling measures CPU against it.",
    ...resource,
  }),
  containerLimits: gauge("kube_pod_container_resource_limits", [...container, "node", "resource", "unit"], {
    help: "What a container may use at most.",
    ...resource,
  }),
  deploymentAvailable: gauge("kube_deployment_status_replicas_available", deployment, {
    help: "Pods of a Deployment that are ready, and have been for a while.",
    sample: { namespace: "erp", deployment: "erp-api" },
  }),
  deploymentUnavailable: gauge("kube_deployment_status_replicas_unavailable", deployment, {
    help: "Pods that it still wants, those of a new version that does not come up included.",
    sample: { namespace: "erp", deployment: "erp-api" },
  }),
  deploymentGeneration: gauge("kube_deployment_status_observed_generation", deployment, {
    help: "Rises with every change of a Deployment that its controller has seen: marks rollouts.",
    sample: { namespace: "erp", deployment: "erp-api" },
  }),
};
