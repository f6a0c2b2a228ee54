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

/** What the nodes have left, and how hard they work. */
export function nodes(environment: Environment): List<Panel> {
  const measured = measuresNodes(environment);
  return [
    alertPanel(nodeNotReady, { ...form, title: "Nodes that are ready" }),
    promisedResources(),
    measured && alertPanel(nodeMemoryHigh, { ...form, title: "Memory of nodes" }),
    measured && alertPanel(nodeDiskAlmostFull, { ...form, title: "Space left on disks of nodes", most: 10 }),
    measured && cpu(),
    measured && pressure(),
    measured && diskUtilization(),
    measured && network(),
  ];
}

/** What the alerts measure that no other panel shows, or that one shows in another form. */
export function nodeMeasures(environment: Environment): List<Panel> {
  const measured = measuresNodes(environment);
  return [
    alertPanel(nodeUnderPressure, { ...form, title: "Nodes under pressure", most: 10 }),
    measured && alertPanel(nodeInodesLow, { ...form, title: "Inodes left on disks of nodes", most: 10 }),
    measured && alertPanel(nodeCpuSaturated, { ...form, title: "Load of nodes for each CPU" }),
    measured && alertPanel(nodeDiskSaturated, { ...form, title: "Requests that wait for disks of nodes", most: 10 }),
    comparesClocks(environment) && alertPanel(nodeClockSkewed, { ...form, title: "Clocks of nodes: difference" }),
  ];
}

/** What pods ask for, of what the node has for them. */
function promisedResources(): Panel {
  const { nodeAllocatable } = kubeStateMetrics;
  const resource = 'resource=~"cpu|memory"';
  return timeseries({
    ...scraped,
    title: "Promised to pods",
    description:
      "What the pods of all namespaces ask of each node, of what it has for pods. Near 100 %: the next pod stays Pending, however idle the node is.",
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
    title: "CPU of nodes",
    description:
      "Share of its CPUs that each node uses. High is no trouble by itself, for each pod still gets what it asks for; with pressure beside it, pods wait.",
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
    title: "Waiting on nodes",
    description:
      "Share of the time in which some process waited for CPU, memory or disk (Linux' pressure stall information): what is short, as those who wait feel it. Empty where the kernel does not measure it.",
    unit: units.PercentUnit,
    max: 1,
    queries: Object.entries(waiting).map(([what, counter]) => ({
      query: promql`max by (node) (rate(${counter}[$__rate_interval]))`,
      legend: `{{node}} ${what}`,
    })),
    empty: "not measured by the kernel",
  });
}

function diskUtilization(): Panel {
  return timeseries({
    ...scraped,
    title: "Disks of nodes",
    description:
      "Share of the time in which each disk had something to do, the ten busiest. Long at 100 %: with waiting for the disk beside it, PostgreSQL and Prometheus are slow for it.",
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
  /** Not what pods send each other on the node, which passes several of these. */
  const outside = 'device!~"lo|veth.+|cali.+|cni.+|lxc.+|docker.+|flannel.+|tunl.+"';
  const bytesPerSecond = (bytes: typeof received) =>
    promql`sum by (node) (rate(${bytes}{${outside}}[$__rate_interval]))`;
  return timeseries({
    ...scraped,
    title: "Network of nodes",
    description:
      "What passes between each node and the rest. A plateau in both is the line's, or the machine type's, own limit.",
    unit: units.BytesPerSecondIEC,
    queries: [
      { query: bytesPerSecond(received), legend: "{{node}} in" },
      { query: bytesPerSecond(sent), legend: "{{node}} out" },
    ],
  });
}
