import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpAutoscalerAtMaximum } from "../../alerts/kubernetes/erp-autoscaler-at-maximum";
import { erpJobFailed } from "../../alerts/kubernetes/erp-job-failed";
import { podNotReady } from "../../alerts/kubernetes/pod-not-ready";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { autoscales } from "../../metrics/conditions";
import { jobs } from "../../metrics/jobs";
import { autoscaler } from "../../metrics/kubernetes/autoscaler-metrics";
import { kubeStateMetrics } from "../../metrics/kubernetes/kube-state-metrics";
import { own } from "./own";

/** What ought to run, and does not. */
export function workloads(environment: Environment): Panel[] {
  const form = { runbookBaseUrl: environment.runbookBaseUrl, width: 8 };
  return [
    phases(),
    alertPanel(podNotReady, { ...form, empty: "all are ready" }),
    alertPanel(erpJobFailed, { ...form, empty: "none has failed" }),
    ...(autoscales(environment) ? [alertPanel(erpAutoscalerAtMaximum, { ...form, width: 12 }), pods()] : []),
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
    scrapeSeconds: jobs.kubeStateMetrics.intervalSeconds,
    queries: [{ query: promql`sum by (phase) (${kubeStateMetrics.podPhase}{${own}}) > 0`, legend: "{{phase}}" }],
    empty: "not scraped",
  });
}

function pods(): Panel {
  const { replicas, mostReplicas } = autoscaler;
  return timeseries({
    title: "Pods of the autoscaler",
    description:
      "How many pods the ERP's API has, and how many it may have. At its maximum while the CPU row shows more than the target: raise `erp.api.scale.maxReplicas`, or find what costs so much.",
    unit: units.Short,
    width: 12,
    scrapeSeconds: jobs.kubeStateMetrics.intervalSeconds,
    queries: [
      { query: promql`max by (horizontalpodautoscaler) (${replicas}{${own}})`, legend: "{{horizontalpodautoscaler}}" },
      { query: promql`max by (horizontalpodautoscaler) (${mostReplicas}{${own}})`, legend: "at most" },
    ],
    empty: "not scraped",
  });
}
