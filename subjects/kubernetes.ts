import { containerMemoryNearLimit } from "../alerts/kubernetes/container-memory-near-limit";
import { containerOutOfMemory } from "../alerts/kubernetes/container-out-of-memory";
import { daemonSetPodsMissing } from "../alerts/kubernetes/daemon-set-pods-missing";
import { erpAutoscalerAtMaximum } from "../alerts/kubernetes/erp-autoscaler-at-maximum";
import { erpJobFailed } from "../alerts/kubernetes/erp-job-failed";
import { podCrashLooping } from "../alerts/kubernetes/pod-crash-looping";
import { podNotInitialized } from "../alerts/kubernetes/pod-not-initialized";
import { podNotReady } from "../alerts/kubernetes/pod-not-ready";
import { volumeAlmostFull } from "../alerts/kubernetes/volume-almost-full";
import { volumeFillingUp } from "../alerts/kubernetes/volume-filling-up";
import { volumeInodesLow } from "../alerts/kubernetes/volume-inodes-low";
import { infrastructureDashboard } from "../dashboards/kubernetes/infrastructure-dashboard";
import { alertIf } from "../kit/alerts/switched-off";
import { autoscales } from "../metrics/conditions";
import { autoscaler } from "../metrics/kubernetes/autoscaler-metrics";
import { cadvisor, cadvisorJob } from "../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics, kubeStateMetricsJob } from "../metrics/kubernetes/kube-state-metrics";
import { kubelet, kubeletMetricsJob } from "../metrics/kubernetes/kubelet-metrics";
import { kubeletProbeJob, kubeletProbes } from "../metrics/kubernetes/kubelet-probe-metrics";
import { namespaces } from "../settings/addresses";
import { charts, kubernetes as version } from "../settings/versions";
import type { Subject } from "./subject";

const behind = "a node with the whole environment";

/** Pods, containers, volumes and workloads of our namespaces. */
export const kubernetes: Subject = {
  name: "kubernetes",
  jobs: () => [kubeStateMetricsJob, cadvisorJob, kubeletMetricsJob, kubeletProbeJob],
  metrics: ({ environment }) => [
    kubeStateMetrics,
    cadvisor,
    kubelet,
    kubeletProbes,
    autoscales(environment) && autoscaler,
  ],
  alerts: (inventory) => [
    containerMemoryNearLimit(inventory),
    containerOutOfMemory(inventory),
    volumeFillingUp(inventory),
    volumeAlmostFull(inventory),
    volumeInodesLow(inventory),
    podCrashLooping(inventory),
    podNotReady(inventory),
    podNotInitialized(inventory),
    daemonSetPodsMissing(inventory),
    erpJobFailed,
    alertIf(autoscales(inventory.environment), erpAutoscalerAtMaximum, "`erp.api.scale` sets a fixed number of pods"),
  ],
  dashboards: (catalogued) => [infrastructureDashboard(catalogued)],
  evidence: [
    {
      source: kubeStateMetricsJob.name,
      version: () => charts.kubePrometheusStack.programs.kubeStateMetrics,
      inCluster: {
        pods: { namespace: namespaces.monitoring, app: "kube-state-metrics", port: 8080 },
        behind: "the cluster's objects, among them a container that runs out of memory, a failed Job and an autoscaler",
      },
    },
    { source: kubeletMetricsJob.name, version: () => version, inCluster: { behind } },
    { source: cadvisorJob.name, version: () => version, inCluster: { path: cadvisorJob.path, behind } },
    { source: kubeletProbeJob.name, version: () => version, inCluster: { path: kubeletProbeJob.path, behind } },
  ],
  eventSeries: {
    kube_job_failed: "a Job that failed",
    kube_pod_container_status_last_terminated_timestamp: "a container that has ended and was started again",
    kube_pod_container_status_last_terminated_reason: "a container that ran out of memory and was killed",
  },
};
