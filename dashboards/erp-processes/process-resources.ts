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

/** A program of the ERP. Its containers have the name of its scrape job. */
export interface Program {
  readonly job: Job;
  readonly width: number;
}

/** @param scalesAt the share of the request above which an autoscaler adds pods, if there is one */
export function cpuOfRequest({ job, width }: Program, scalesAt?: number): Panel {
  const scaling = scalesAt === undefined ? "" : " Above the dashed line, the autoscaler adds pods.";
  const container = containerOf(job);
  return timeseries({
    ...cluster,
    width,
    title: "CPU use, % of request",
    description: `CPU use of each pod, as a share of its request. CPU above 100 % is lent by the node, which may take it back.${scaling} If the CPU use of only one pod is high, that pod runs an expensive computation. If it is high in all pods, add pods.`,
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
    title: "Memory use, % of limit",
    description:
      "Memory of each pod that the kernel cannot reclaim, as a share of the limit. At 100 % the kernel kills the container, which then restarts. If a line rises steadily, the process leaks memory, or loads results that are too large.",
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
    title: "Open files, % of limit",
    description:
      "Open file descriptors of each pod's process, connections included, as a share of its maximum. If a line rises steadily, connections are never closed. At 100 %, no new connection can be opened.",
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
    title: "Container restarts",
    description:
      "Number of times that the kubelet restarted the container. If its memory was at the limit, the kernel killed it. Otherwise the process crashed, and its last log lines show why.",
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
