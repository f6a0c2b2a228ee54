import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { table } from "../../kit/dashboards/table";
import { above } from "../../kit/dashboards/thresholds";
import { type Promql, promql } from "../../kit/queries/query";
import { cadvisor, cadvisorJob } from "../../metrics/kubernetes/cadvisor-metrics";
import { kubeStateMetrics, kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";
import { inOurNamespaces, podLogs, requestedResources } from "./kubernetes-queries";

const { containerLimits } = kubeStateMetrics;
const scrapeSeconds = Math.max(cadvisorJob.intervalSeconds, kubeStateMetricsJob.intervalSeconds);
const inNamespace = 'namespace="$namespace"';
const empty = "not scraped";

const cpu = (where: string) => promql`rate(${cadvisor.cpuUsage}{${where},container!=""}[$__rate_interval])`;
const memory = (where: string) => promql`${cadvisor.memoryWorkingSet}{${where},container!=""}`;

/** Of each namespace, and of the pods of the chosen one. */
export function resources(): Panel[] {
  return [cpuUsed(), memoryUsed(), eachPod(), cpuOfPods(), cpuOfRequest(), memoryOfRequest(), memoryOfLimit()];
}

function cpuUsed(): Panel {
  return timeseries({
    title: "CPU of its request, by namespace",
    description:
      "CPU that each of our namespaces uses, of what its containers ask for. Long above 100 %: it lives on what others do not use, and is slow when they do. Long below 20 %: it asks for too much.",
    unit: units.PercentUnit,
    width: 12,
    scrapeSeconds,
    queries: [
      {
        query: promql`sum by (namespace) (${cpu(inOurNamespaces)}) / sum by (namespace) (${requestedResources(`${inOurNamespaces},resource="cpu"`)})`,
        legend: "{{namespace}}",
      },
    ],
    empty,
  });
}

function memoryUsed(): Panel {
  return timeseries({
    title: "Memory of its request, by namespace",
    description:
      "Memory that each of our namespaces holds, file pages included, of what its containers ask for. Above 100 %: its pods are the first that a node throws off.",
    unit: units.PercentUnit,
    width: 12,
    scrapeSeconds,
    queries: [
      {
        query: promql`sum by (namespace) (${memory(inOurNamespaces)}) / sum by (namespace) (${requestedResources(`${inOurNamespaces},resource="memory"`)})`,
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
    title: "Pods of the namespace",
    description:
      "What each pod of the chosen namespace uses, asks for, and may use at most, the one nearest to its limit of memory on top. No container has a limit of CPU.",
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
        title: "Of its limit",
        unit: units.PercentUnit,
        query: promql`${used} / ${limit}`,
        thresholds: above({ yellow: 0.8, red: 1 }),
      },
    ],
    largest: "Of its limit",
    empty,
  });
}

function cpuOfPods(): Panel {
  return timeseries({
    title: "CPU by pod",
    description:
      "Cores that the pods of the chosen namespace use, the five busiest. Whose line rises with the node's is the one to look at.",
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
    title: "CPU of its request, by pod",
    description:
      "Of what each pod of the chosen namespace asks for, the five furthest above it. No container has a limit of CPU, so none is throttled: short of CPU, it is its request that it still gets.",
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
    title: "Memory of its request, by pod",
    description:
      "Of what each pod of the chosen namespace asks for, the three furthest above it. Those are thrown off first when the node is short.",
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
    title: "Memory of its limit, by pod",
    description:
      "Of the limit of each pod of the chosen namespace, the three nearest to it, file pages included: those are taken back before anything is killed. The row of the containers leaves them out.",
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
