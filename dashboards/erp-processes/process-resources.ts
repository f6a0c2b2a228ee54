import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { above } from "../../kit/dashboards/thresholds";
import type { Job } from "../../kit/metrics/job";
import { promql } from "../../kit/queries/query";
import { pythonProcess } from "../../metrics/erp-processes/python-process-metrics";
import { cadvisor, cadvisorJob } from "../../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics, kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";
import { podLogs } from "../kubernetes/kubernetes-queries";

const cluster = { scrapeSeconds: Math.max(cadvisorJob.intervalSeconds, kubeStateMetricsJob.intervalSeconds) };

/** A program of the ERP, whose containers bear the name of its scrape job. */
export interface Program {
  readonly job: Job;
  readonly width: number;
}

/** @param scalesAt share of the request from which on an autoscaler adds pods, where there is one */
export function cpuOfRequest({ job, width }: Program, scalesAt?: number): Panel {
  const scaling = scalesAt === undefined ? "" : " The dashed line: from there on the autoscaler adds pods.";
  const container = containerOf(job);
  return timeseries({
    ...cluster,
    width,
    title: "CPU of its request",
    description: `CPU that each pod uses, of what it is promised; more than 100 % is lent by the node and may be taken away.${scaling} One pod alone: work that computes. All: add pods.`,
    unit: units.PercentUnit,
    queries: [
      {
        query: promql`sum by (pod) (rate(${cadvisor.cpuUsage}{${container}}[$__rate_interval])) / sum by (pod) (${kubeStateMetrics.containerRequests}{${container},resource="cpu"})`,
        legend: "{{pod}}",
      },
    ],
    ...(scalesAt !== undefined && { thresholds: above({ red: scalesAt }) }),
    seriesLinks: [podLogs],
    empty: "no pods",
  });
}

export function memoryOfLimit({ job, width }: Program): Panel {
  const container = containerOf(job);
  return timeseries({
    ...cluster,
    width,
    title: "Memory of its limit",
    description:
      "Memory that cannot be taken from each pod, of its limit: at 100 % it is killed and restarts. Rising without end: a leak, or results that are too large.",
    unit: units.PercentUnit,
    queries: [
      {
        query: promql`sum by (pod) (${cadvisor.memoryWorkingSet}{${container}}) / sum by (pod) (${kubeStateMetrics.containerLimits}{${container},resource="memory"})`,
        legend: "{{pod}}",
      },
    ],
    thresholds: above({ yellow: 0.8, red: 0.95 }),
    seriesLinks: [podLogs],
    empty: "no pods",
  });
}

export function openFilesOfLimit({ job, width }: Program): Panel {
  const { openFiles, maxFiles } = pythonProcess(job);
  const process = `namespace="$namespace",job="${job.name}"`;
  return timeseries({
    width,
    title: "Open files of their limit",
    description:
      "File descriptors of each pod's process, connections included, of what it may open. Rising without end: connections that are never closed; at 100 % no new one can be opened.",
    unit: units.PercentUnit,
    queries: [
      {
        query: promql`max by (pod) (${openFiles}{${process}}) / max by (pod) (${maxFiles}{${process}})`,
        legend: "{{pod}}",
      },
    ],
    thresholds: above({ yellow: 0.7, red: 0.9 }),
    seriesLinks: [podLogs],
    empty: "not scraped",
  });
}

export function restarts({ job, width }: Program): Panel {
  return timeseries({
    ...cluster,
    width,
    title: "Restarts",
    description:
      "How often the kubelet started the container anew. With memory at its limit: killed for want of memory. Without: it crashed, and its last lines say why.",
    unit: units.Short,
    queries: [
      {
        query: promql`sum by (pod) (increase(${kubeStateMetrics.containerRestarts}{${containerOf(job)}}[$__rate_interval]))`,
        legend: "{{pod}}",
      },
    ],
    seriesLinks: [podLogs],
    empty: "no pods",
  });
}

function containerOf({ name }: Job): string {
  return `namespace="$namespace",container="${name}"`;
}
