import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpOpenFilesHigh } from "../../alerts/erp-processes/erp-open-files-high";
import { containerMemoryNearLimit } from "../../alerts/kubernetes/container-memory-near-limit";
import { containerOutOfMemory } from "../../alerts/kubernetes/container-out-of-memory";
import { daemonSetPodsMissing } from "../../alerts/kubernetes/daemon-set-pods-missing";
import { erpAutoscalerAtMaximum } from "../../alerts/kubernetes/erp-autoscaler-at-maximum";
import { erpJobFailed } from "../../alerts/kubernetes/erp-job-failed";
import { podCrashLooping } from "../../alerts/kubernetes/pod-crash-looping";
import { podNotReady } from "../../alerts/kubernetes/pod-not-ready";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import type { List } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { autoscales } from "../../metrics/conditions";
import { autoscaler } from "../../metrics/kubernetes/autoscaler-metrics";
import { kubeStateMetrics, kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";
import type { Environment } from "../../settings/environment";
import { inOurNamespaces } from "./kubernetes-queries";

/** What ought to run, and does not. */
export function workloads(environment: Environment): List<Panel> {
  return [
    phases(),
    alertPanel(podNotReady, {
      title: "Pods that are not ready",
      width: 12,
      most: 10,
      legend: "{{pod}} ({{namespace}})",
      empty: "all are ready",
    }),
    autoscales(environment) && autoscaledPods(),
  ];
}

/** What the alerts measure that no other panel shows, or that one shows in another form. */
export function workloadMeasures(environment: Environment): List<Panel> {
  return [
    alertPanel(daemonSetPodsMissing, {
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
      empty: "none has failed",
    }),
    autoscales(environment) &&
      alertPanel(erpAutoscalerAtMaximum, {
        title: "Pods that the autoscaler may add",
        width: 8,
        legend: "{{horizontalpodautoscaler}}",
      }),
  ];
}

function phases(): Panel {
  return timeseries({
    title: "Pods by phase",
    description:
      "Pods of all our namespaces. Pending for long: no node has room, or the image cannot be had. Failed: an evicted pod or a Job's, which stays until somebody deletes it.",
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
  return timeseries({
    title: "Pods of the autoscaler",
    description:
      "How many pods the ERP's API has, and how many it may have. At its maximum while the CPU row shows more than the target: raise `erp.api.scale.maxReplicas`, or find what costs so much.",
    unit: units.Short,
    width: 24,
    scrapeSeconds: kubeStateMetricsJob.intervalSeconds,
    queries: [
      {
        query: promql`max by (horizontalpodautoscaler) (${replicas}{${inOurNamespaces}})`,
        legend: "{{horizontalpodautoscaler}}",
      },
      { query: promql`max by (horizontalpodautoscaler) (${mostReplicas}{${inOurNamespaces}})`, legend: "at most" },
    ],
    empty: "not scraped",
  });
}

/** What ends, and what is about to. */
export function containers(): Panel[] {
  const byContainer = { width: 12, most: 3, legend: "{{pod}} {{container}}" };
  return [
    alertPanel(containerMemoryNearLimit, {
      ...byContainer,
      title: "Memory of its limit, by container",
      empty: "not scraped",
    }),
    alertPanel(containerOutOfMemory, {
      ...byContainer,
      title: "Killed for want of memory in 10 minutes",
      empty: "none was killed",
    }),
    alertPanel(podCrashLooping, {
      ...byContainer,
      title: "Restarts in 30 minutes, by container",
      empty: "not scraped",
    }),
    alertPanel(erpOpenFilesHigh, {
      title: "Open files of their limit, by process",
      width: 12,
      most: 10,
      legend: "{{pod}}",
      empty: "not scraped",
    }),
  ];
}
