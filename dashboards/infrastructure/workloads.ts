import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpAutoscalerAtMaximum } from "../../alerts/saturation/autoscaler";
import { erpJobFailed } from "../../alerts/workloads/jobs";
import { podNotReady } from "../../alerts/workloads/pods";
import type { Environment } from "../../config/environment";
import { autoscaler } from "../../metrics/autoscaler";
import { autoscales } from "../../metrics/environment-parts";
import { jobs } from "../../metrics/jobs";
import { kubeStateMetrics } from "../../metrics/kube-state-metrics";
import { promql } from "../../queries/query";
import { alertPanel } from "../frame/alert-panel";
import { type Panel, timeseries } from "../frame/panels";
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
