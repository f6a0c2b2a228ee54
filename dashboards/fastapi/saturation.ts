import * as units from "@grafana/grafana-foundation-sdk/units";
import type { Environment } from "../../config/environment";
import { cadvisor } from "../../metrics/cadvisor";
import { erpApi } from "../../metrics/erp-api";
import { jobs } from "../../metrics/jobs";
import { kubeStateMetrics } from "../../metrics/kube-state-metrics";
import { promql } from "../../queries/query";
import { type Panel, timeseries } from "../frame/panels";
import { above } from "../frame/thresholds";
import type { HttpQueries } from "./http-queries";
import { podLogs } from "./pod-logs";

const container = `namespace="$namespace",container="${jobs.erpApi.name}"`;
const process = `namespace="$namespace",job="${jobs.erpApi.name}"`;
const byPod = { width: 8, seriesLinks: [podLogs] };
const cluster = { scrapeSeconds: Math.max(jobs.cadvisor.intervalSeconds, jobs.kubeStateMetrics.intervalSeconds) };

/** What is short. */
export function saturation(http: HttpQueries, api: Environment["erp"]["api"]): (Panel | undefined)[] {
  return [cpu(api.scale), memory(), openFiles(), inFlight(http), webSockets()];
}

function cpu(scale: Environment["erp"]["api"]["scale"]): Panel {
  const target = "targetCpuUtilization" in scale ? scale.targetCpuUtilization / 100 : undefined;
  const scaling = target === undefined ? "" : " The dashed line: from there on the autoscaler adds pods.";
  return timeseries({
    ...byPod,
    ...cluster,
    title: "CPU of its request",
    description: `CPU that each pod uses, of what it is promised; more than 100 % is lent by the node and may be taken away.${scaling} One pod alone: a request that computes. All: add pods.`,
    unit: units.PercentUnit,
    queries: [
      {
        query: promql`sum by (pod) (rate(${cadvisor.cpuUsage}{${container}}[$__rate_interval])) / sum by (pod) (${kubeStateMetrics.containerRequests}{${container},resource="cpu"})`,
        legend: "{{pod}}",
      },
    ],
    ...(target !== undefined && { thresholds: above({ red: target }) }),
    empty: "no pods",
  });
}

function memory(): Panel {
  return timeseries({
    ...byPod,
    ...cluster,
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
    empty: "no pods",
  });
}

function openFiles(): Panel {
  return timeseries({
    ...byPod,
    title: "Open files of their limit",
    description:
      "File descriptors of each pod's process, connections included, of what it may open. Rising without end: connections that are never closed; at 100 % no request is accepted.",
    unit: units.PercentUnit,
    queries: [
      {
        query: promql`max by (pod) (${erpApi.openFiles}{${process}}) / max by (pod) (${erpApi.maxFiles}{${process}})`,
        legend: "{{pod}}",
      },
    ],
    thresholds: above({ yellow: 0.7, red: 0.9 }),
    empty: "not scraped",
  });
}

function inFlight(http: HttpQueries): Panel | undefined {
  const query = http.inFlight("pod");
  return (
    query &&
    timeseries({
      ...byPod,
      title: "In flight by pod",
      description:
        "Requests that are being served. Rising while the rate is steady: answers wait for something, most often the database. One pod alone: it hangs.",
      unit: units.Short,
      queries: [{ query, legend: "{{pod}}" }],
      empty: "not scraped",
    })
  );
}

function webSockets(): Panel {
  return timeseries({
    ...byPod,
    title: "WebSocket connections",
    description:
      "Connections that are open, by pod. All of them falling to 0 and coming back: a rollout, or a proxy that closes what is idle.",
    unit: units.Short,
    stacked: true,
    queries: [{ query: promql`sum by (pod) (${erpApi.webSocketConnections}{${process}})`, legend: "{{pod}}" }],
    empty: "not scraped",
  });
}
