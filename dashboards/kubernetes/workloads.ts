import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpOpenFilesHigh } from "../../alerts/erp-processes/erp-open-files-high";
import { containerMemoryNearLimit } from "../../alerts/kubernetes/container-memory-near-limit";
import { containerOutOfMemory } from "../../alerts/kubernetes/container-out-of-memory";
import { daemonSetPodsMissing } from "../../alerts/kubernetes/daemon-set-pods-missing";
import { erpAutoscalerAtMaximum } from "../../alerts/kubernetes/erp-autoscaler-at-maximum";
import { erpJobFailed } from "../../alerts/kubernetes/erp-job-failed";
import { podCrashLooping } from "../../alerts/kubernetes/pod-crash-looping";
import { podNotInitialized } from "../../alerts/kubernetes/pod-not-initialized";
import { podNotReady } from "../../alerts/kubernetes/pod-not-ready";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import type { List } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { autoscales } from "../../metrics/conditions";
import type { Inventory } from "../../metrics/inventory";
import { autoscaler } from "../../metrics/kubernetes/autoscaler-metrics";
import { kubeStateMetrics, kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";
import { coveredNamespaces } from "../../settings/team-members";

/** Pods that should run. */
export function workloads(inventory: Pick<Inventory, "environment" | "inOurNamespaces">): List<Panel> {
  return [
    phases(inventory),
    alertPanel(podNotReady(inventory), {
      title: "Pods not ready over time",
      width: 12,
      most: 10,
      legend: "{{pod}} ({{namespace}})",
      empty: "all pods are ready",
    }),
    autoscales(inventory.environment) && autoscaledPods(),
  ];
}

/** Measures that no other panel shows, or that other panels show in another form. */
export function workloadMeasures(inventory: Pick<Inventory, "environment" | "inOurNamespaces">): List<Panel> {
  return [
    alertPanel(daemonSetPodsMissing(inventory), {
      title: "Missing pods by DaemonSet",
      width: 8,
      legend: "{{daemonset}} ({{namespace}})",
      empty: "not scraped",
    }),
    alertPanel(erpJobFailed, {
      title: "Failed Jobs",
      width: 8,
      most: 10,
      legend: "{{job_name}}",
      empty: "no failed Jobs",
    }),
    alertPanel(podNotInitialized(inventory), {
      title: "Init containers not finished",
      width: 8,
      most: 10,
      legend: "{{pod}} {{container}}",
      empty: "all init containers have finished",
    }),
    autoscales(inventory.environment) &&
      alertPanel(erpAutoscalerAtMaximum, {
        title: "Pods the autoscaler can still add",
        width: 8,
        legend: "{{horizontalpodautoscaler}}",
      }),
  ];
}

function phases({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Panel {
  return timeseries({
    title: "Pods by phase",
    description:
      "Pods in all our namespaces, by phase. If pods are pending for long, no node has room, or the image cannot be pulled. A failed pod was evicted or belongs to a Job, and stays until it is deleted.",
    unit: units.Short,
    width: 12,
    stacked: true,
    scrapeSeconds: kubeStateMetricsJob.intervalSeconds,
    queries: [
      { query: promql`sum by (phase) (${kubeStateMetrics.podPhase}{${inOurNamespaces}}) > 0`, legend: "{{phase}}" },
    ],
    empty: "not scraped",
  });
}

function autoscaledPods(): Panel {
  const { replicas, mostReplicas } = autoscaler;
  // Teams may have autoscalers of their own.
  const ours = `namespace=~"${coveredNamespaces({}).join("|")}"`;
  return timeseries({
    title: "API pods and autoscaler maximum",
    description:
      "Number of pods of the ERP's API, and the maximum. If the number is at the maximum while CPU use is above the target, raise `erp.api.scale.maxReplicas`, or find the cause of the CPU use.",
    unit: units.Short,
    width: 24,
    scrapeSeconds: kubeStateMetricsJob.intervalSeconds,
    queries: [
      {
        query: promql`max by (horizontalpodautoscaler) (${replicas}{${ours}})`,
        legend: "{{horizontalpodautoscaler}}",
      },
      { query: promql`max by (horizontalpodautoscaler) (${mostReplicas}{${ours}})`, legend: "maximum" },
    ],
    empty: "not scraped",
  });
}

/** Containers that end, or are close to a limit. */
export function containers(inventory: Pick<Inventory, "inOurNamespaces">): Panel[] {
  const byContainer = { width: 12, most: 3, legend: "{{pod}} {{container}}" };
  return [
    alertPanel(containerMemoryNearLimit(inventory), {
      ...byContainer,
      title: "Memory use by container, % of limit",
      empty: "not scraped",
    }),
    alertPanel(containerOutOfMemory(inventory), {
      ...byContainer,
      title: "OOM kills by container, 30 min",
      empty: "no OOM kills",
    }),
    alertPanel(podCrashLooping(inventory), {
      ...byContainer,
      // More containers restart in half an hour than the legend has lines for.
      most: 2,
      title: "Restarts by container, 30 min",
      empty: "not scraped",
    }),
    alertPanel(erpOpenFilesHigh, {
      title: "Open files by process, % of limit",
      width: 12,
      most: 10,
      legend: "{{pod}}",
      empty: "not scraped",
    }),
  ];
}
