import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { table } from "../../kit/dashboards/table";
import { above } from "../../kit/dashboards/thresholds";
import { type Promql, promql } from "../../kit/queries/query";
import type { Inventory } from "../../metrics/inventory";
import { cadvisor, cadvisorJob } from "../../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics, kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";
import { podLogs, requestedResources } from "./kubernetes-queries";

const { containerLimits } = kubeStateMetrics;
const scrapeSeconds = Math.max(cadvisorJob.intervalSeconds, kubeStateMetricsJob.intervalSeconds);
const inNamespace = 'namespace="$namespace"';
const empty = "not scraped";

const cpu = (where: string) => promql`rate(${cadvisor.cpuUsage}{${where},container!=""}[$__rate_interval])`;
const memory = (where: string) => promql`${cadvisor.memoryWorkingSet}{${where},container!=""}`;

/** CPU and memory of each namespace, and of the pods in the chosen one. */
export function resources({ inOurNamespaces }: Pick<Inventory, "inOurNamespaces">): Panel[] {
  return [
    cpuUsed(inOurNamespaces),
    memoryUsed(inOurNamespaces),
    eachPod(),
    cpuOfPods(),
    cpuOfRequest(),
    memoryOfRequest(),
    memoryOfLimit(),
  ];
}

function cpuUsed(where: string): Panel {
  return timeseries({
    title: "CPU use by namespace, % of request",
    description:
      "CPU use of each of our namespaces, as a share of its requests. If a namespace is above 100 % for long, it uses CPU that others leave idle, and becomes slow when they need it. If it is below 20 % for long, its requests are too high.",
    unit: units.PercentUnit,
    width: 12,
    scrapeSeconds,
    queries: [
      {
        query: promql`sum by (namespace) (${cpu(where)}) / sum by (namespace) (${requestedResources(`${where},resource="cpu"`)})`,
        legend: "{{namespace}}",
      },
    ],
    empty,
  });
}

function memoryUsed(where: string): Panel {
  return timeseries({
    title: "Memory use by namespace, % of request",
    description:
      "Memory use of each of our namespaces, page cache included, as a share of its requests. If a namespace is above 100 %, its pods are the first that a node evicts.",
    unit: units.PercentUnit,
    width: 12,
    scrapeSeconds,
    queries: [
      {
        query: promql`sum by (namespace) (${memory(where)}) / sum by (namespace) (${requestedResources(`${where},resource="memory"`)})`,
        legend: "{{namespace}}",
      },
    ],
    empty,
  });
}

function eachPod(): Panel {
  const byPod = (query: Promql) => promql`sum by (pod) (${query})`;
  const requested = (resource: string) => byPod(requestedResources(`${inNamespace},resource="${resource}"`));
  const limit = byPod(promql`${containerLimits}{${inNamespace},resource="memory"}`);
  const used = byPod(memory(inNamespace));
  return table({
    title: "Pods in the namespace",
    description:
      "CPU and memory that each pod in the chosen namespace uses and requests, and its memory limit. The pod closest to its memory limit comes first. No container has a CPU limit.",
    width: 24,
    height: 12,
    scrapeSeconds,
    lines: { label: "pod", title: "Pod" },
    columns: [
      { title: "CPU used", unit: units.Short, decimals: 3, query: byPod(cpu(inNamespace)) },
      { title: "CPU requested", unit: units.Short, decimals: 3, query: requested("cpu") },
      { title: "Memory used", unit: units.BytesIEC, query: used },
      { title: "Memory requested", unit: units.BytesIEC, query: requested("memory") },
      { title: "Memory limit", unit: units.BytesIEC, query: limit },
      {
        title: "Memory, % of limit",
        unit: units.PercentUnit,
        query: promql`${used} / ${limit}`,
        thresholds: above({ yellow: 0.8, red: 1 }),
      },
    ],
    largest: "Memory, % of limit",
    empty,
  });
}

function cpuOfPods(): Panel {
  return timeseries({
    title: "CPU use by pod",
    description:
      "CPU cores that the five busiest pods in the chosen namespace use. If a node is busy, look for the pod whose line rises with the line of the node.",
    unit: units.Short,
    softMax: 0.01,
    width: 24,
    stacked: true,
    scrapeSeconds,
    queries: [{ query: promql`topk(5, sum by (pod) (${cpu(inNamespace)}))`, legend: "{{pod}}" }],
    seriesLinks: [podLogs],
    empty,
  });
}

function cpuOfRequest(): Panel {
  return timeseries({
    title: "CPU use by pod, % of request",
    description:
      "CPU use of the pods in the chosen namespace, as a share of their requests, for the five pods with the highest share. No container has a CPU limit, so none is throttled. When CPU is short, each pod still gets its request.",
    unit: units.PercentUnit,
    width: 24,
    scrapeSeconds,
    queries: [
      {
        query: promql`topk(5, sum by (pod) (${cpu(inNamespace)}) / sum by (pod) (${requestedResources(`${inNamespace},resource="cpu"`)}))`,
        legend: "{{pod}}",
      },
    ],
    seriesLinks: [podLogs],
    empty,
  });
}

function memoryOfRequest(): Panel {
  return timeseries({
    title: "Memory use by pod, % of request",
    description:
      "Memory use of the pods in the chosen namespace, as a share of their requests, for the three pods with the highest share. When a node is short of memory, it evicts these pods first.",
    unit: units.PercentUnit,
    width: 12,
    scrapeSeconds,
    queries: [
      {
        query: promql`topk(3, sum by (pod) (${memory(inNamespace)}) / sum by (pod) (${requestedResources(`${inNamespace},resource="memory"`)}))`,
        legend: "{{pod}}",
      },
    ],
    seriesLinks: [podLogs],
    empty,
  });
}

function memoryOfLimit(): Panel {
  return timeseries({
    title: "Memory use by pod, % of limit",
    description:
      "Memory use of the pods in the chosen namespace, page cache included, as a share of their limits, for the three pods with the highest share. The kernel reclaims the page cache before it kills a container. The panels in the row Containers in all our namespaces do not include the page cache.",
    unit: units.PercentUnit,
    width: 12,
    scrapeSeconds,
    queries: [
      {
        query: promql`topk(3, sum by (pod) (${memory(inNamespace)}) / sum by (pod) (${containerLimits}{${inNamespace},resource="memory"}))`,
        legend: "{{pod}}",
      },
    ],
    thresholds: above({ red: 1 }),
    seriesLinks: [podLogs],
    empty,
  });
}
