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
    alertPanel(podNotReady, { width: 8, empty: "all are ready" }),
    alertPanel(daemonSetPodsMissing, { width: 8, empty: "not scraped" }),
    alertPanel(erpJobFailed, { width: 8, empty: "none has failed" }),
    autoscales(environment) && alertPanel(erpAutoscalerAtMaximum, { width: 12 }),
    autoscales(environment) && autoscaledPods(),
  ];
}

function phases(): Panel {
  return timeseries({
    title: "Pods by phase",
    description:
      "Pods of all our namespaces. Pending for long: no node has room, or the image cannot be had. Failed: an evicted pod or a Job's, which stays until somebody deletes it.",
    unit: units.Short,
    width: 8,
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
    width: 12,
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
  return [
    alertPanel(containerMemoryNearLimit, { width: 12, empty: "not scraped" }),
    alertPanel(containerOutOfMemory, { width: 12, empty: "none was killed" }),
    alertPanel(podCrashLooping, { width: 12, empty: "not scraped" }),
    alertPanel(erpOpenFilesHigh, { width: 12, empty: "not scraped" }),
  ];
}
