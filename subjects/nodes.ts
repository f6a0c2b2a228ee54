import { nodeClockSkewed } from "../alerts/nodes/node-clock-skewed";
import { nodeCpuSaturated } from "../alerts/nodes/node-cpu-saturated";
import { nodeDiskAlmostFull } from "../alerts/nodes/node-disk-almost-full";
import { nodeDiskSaturated } from "../alerts/nodes/node-disk-saturated";
import { nodeInodesLow } from "../alerts/nodes/node-inodes-low";
import { nodeMemoryHigh } from "../alerts/nodes/node-memory-high";
import { nodeNotReady } from "../alerts/nodes/node-not-ready";
import { nodeUnderPressure } from "../alerts/nodes/node-under-pressure";
import { alertIf } from "../kit/alerts/switched-off";
import { comparesClocks, measuresNodes } from "../metrics/conditions";
import { nodeClock, nodeExporter, nodeExporterJob } from "../metrics/nodes/node-metrics";
import { namespaces } from "../settings/addresses";
import { charts } from "../settings/versions";
import type { Subject } from "./subject";

const noExporter = "`cluster.nodeExporter` is `off`";

/** The cluster's nodes: the conditions that Kubernetes reports, and the metrics of the node exporter. */
export const nodes: Subject = {
  name: "nodes",
  causes: ["node"],
  jobs: (environment) => [measuresNodes(environment) && nodeExporterJob],
  metrics: ({ environment }) => [measuresNodes(environment) && nodeExporter, comparesClocks(environment) && nodeClock],
  alerts: ({ environment }) => [
    nodeNotReady,
    nodeUnderPressure,
    alertIf(measuresNodes(environment), nodeMemoryHigh, noExporter),
    alertIf(measuresNodes(environment), nodeDiskAlmostFull, noExporter),
    alertIf(measuresNodes(environment), nodeInodesLow, noExporter),
    alertIf(measuresNodes(environment), nodeCpuSaturated, noExporter),
    alertIf(measuresNodes(environment), nodeDiskSaturated, noExporter),
    alertIf(
      comparesClocks(environment),
      nodeClockSkewed,
      measuresNodes(environment)
        ? "a cluster of tier `local` has one node, so there is no other clock to compare with"
        : noExporter,
    ),
  ],
  evidence: [
    {
      source: nodeExporterJob.name,
      version: () => charts.kubePrometheusStack.programs.nodeExporter,
      inCluster: {
        pods: { namespace: namespaces.nodeAgents, app: "prometheus-node-exporter", port: 9100 },
        behind: "a node",
      },
    },
  ],
  eventSeries: {
    node_network_receive_bytes_total: "traffic through a network card of the node",
    node_network_transmit_bytes_total: "traffic through a network card of the node",
  },
};
