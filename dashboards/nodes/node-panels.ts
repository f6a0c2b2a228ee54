import * as units from "@grafana/grafana-foundation-sdk/units";
import { nodeClockSkewed } from "../../alerts/nodes/node-clock-skewed";
import { nodeCpuSaturated } from "../../alerts/nodes/node-cpu-saturated";
import { nodeDiskAlmostFull } from "../../alerts/nodes/node-disk-almost-full";
import { nodeDiskSaturated } from "../../alerts/nodes/node-disk-saturated";
import { nodeInodesLow } from "../../alerts/nodes/node-inodes-low";
import { nodeMemoryHigh } from "../../alerts/nodes/node-memory-high";
import { nodeNotReady } from "../../alerts/nodes/node-not-ready";
import { nodeUnderPressure } from "../../alerts/nodes/node-under-pressure";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { above } from "../../kit/dashboards/thresholds";
import type { List } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { comparesClocks, measuresNodes } from "../../metrics/conditions";
import { kubeStateMetrics, kubeStateMetricsJob } from "../../metrics/kubernetes/kube-state-metrics";
import { nodeExporter, nodeExporterJob } from "../../metrics/nodes/node-metrics";
import type { Environment } from "../../settings/environment";
import { requestedResources } from "../kubernetes/kubernetes-queries";

const form = { width: 8, empty: "not scraped" };
const scraped = { width: 8, scrapeSeconds: nodeExporterJob.intervalSeconds, empty: "not scraped" };

/** Free resources of the nodes, and how busy they are. */
export function nodes(environment: Environment): List<Panel> {
  const measured = measuresNodes(environment);
  return [
    alertPanel(nodeNotReady, { ...form, title: "Nodes ready" }),
    resourceRequests(),
    measured && alertPanel(nodeMemoryHigh, { ...form, title: "Memory use by node" }),
    measured && alertPanel(nodeDiskAlmostFull, { ...form, title: "Free disk space by node", most: 10 }),
    measured && cpu(),
    measured && pressure(),
    measured && diskUtilization(),
    measured && network(),
  ];
}

/** Measures that no other panel shows, or that other panels show in another form. */
export function nodeMeasures(environment: Environment): List<Panel> {
  const measured = measuresNodes(environment);
  return [
    alertPanel(nodeUnderPressure, { ...form, title: "Nodes under pressure", most: 10 }),
    measured && alertPanel(nodeInodesLow, { ...form, title: "Free inodes by node", most: 10 }),
    measured && alertPanel(nodeCpuSaturated, { ...form, title: "Load per CPU by node" }),
    measured && alertPanel(nodeDiskSaturated, { ...form, title: "Waiting disk requests by node", most: 10 }),
    comparesClocks(environment) && alertPanel(nodeClockSkewed, { ...form, title: "Clock difference by node" }),
  ];
}

/** Requests of the pods, as a share of what the node can allocate. */
function resourceRequests(): Panel {
  const { nodeAllocatable } = kubeStateMetrics;
  const resource = 'resource=~"cpu|memory"';
  return timeseries({
    ...scraped,
    title: "Resource requests, % of allocatable",
    description:
      "Requests of the pods in all namespaces, as a share of the CPU and memory that each node can allocate. Near 100 %, the next pod stays Pending, even if the node is idle.",
    unit: units.PercentUnit,
    scrapeSeconds: kubeStateMetricsJob.intervalSeconds,
    queries: [
      {
        query: promql`sum by (node, resource) (${requestedResources(`${resource},node!=""`)}) / sum by (node, resource) (${nodeAllocatable}{${resource}})`,
        legend: "{{node}} {{resource}}",
      },
    ],
    thresholds: above({ yellow: 0.9, red: 1 }),
  });
}

function cpu(): Panel {
  return timeseries({
    ...scraped,
    title: "CPU use by node",
    description:
      "Share of each node's CPU that is used. A high value alone is no problem, because each pod still gets its request. If CPU pressure is also high, pods wait for CPU.",
    unit: units.PercentUnit,
    max: 1,
    queries: [
      {
        query: promql`1 - avg by (node) (rate(${nodeExporter.cpuTime}{mode="idle"}[$__rate_interval]))`,
        legend: "{{node}}",
      },
    ],
  });
}

function pressure(): Panel {
  const { cpuPressure, memoryPressure, ioPressure } = nodeExporter;
  const waiting = { CPU: cpuPressure, memory: memoryPressure, disk: ioPressure };
  return timeseries({
    ...scraped,
    title: "Pressure (PSI) by node",
    description:
      "Share of the time in which some process waited for CPU, memory or disk (Linux pressure stall information). The highest line shows the resource that is short. The graph is empty if the kernel does not measure pressure.",
    unit: units.PercentUnit,
    max: 1,
    queries: Object.entries(waiting).map(([resource, counter]) => ({
      query: promql`max by (node) (rate(${counter}[$__rate_interval]))`,
      legend: `{{node}} ${resource}`,
    })),
    empty: "not measured by the kernel",
  });
}

function diskUtilization(): Panel {
  return timeseries({
    ...scraped,
    title: "Disk busy time by node",
    description:
      "Share of the time in which each disk was busy, for the ten busiest disks. If a disk is at 100 % for long while disk pressure is high, it makes PostgreSQL and Prometheus slow.",
    unit: units.PercentUnit,
    max: 1,
    queries: [
      {
        query: promql`topk(10, max by (node, device) (rate(${nodeExporter.diskBusy}[$__rate_interval])))`,
        legend: "{{node}} {{device}}",
      },
    ],
  });
}

function network(): Panel {
  const { received, sent } = nodeExporter;
  /** Without the interfaces between pods of one node: their traffic passes several of them. */
  const outside = 'device!~"lo|veth.+|cali.+|cni.+|lxc.+|docker.+|flannel.+|tunl.+"';
  const bytesPerSecond = (bytes: typeof received) =>
    promql`sum by (node) (rate(${bytes}{${outside}}[$__rate_interval]))`;
  return timeseries({
    ...scraped,
    title: "Network traffic by node",
    description:
      "Traffic between each node and the network. A plateau in both directions means that the traffic has reached the limit of the network or of the machine type.",
    unit: units.BytesPerSecondIEC,
    queries: [
      { query: bytesPerSecond(received), legend: "{{node}} in" },
      { query: bytesPerSecond(sent), legend: "{{node}} out" },
    ],
  });
}
