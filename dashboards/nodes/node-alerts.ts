import { nodeNotReady, nodeUnderPressure } from "../../alerts/nodes/availability";
import { nodeClockSkewed } from "../../alerts/nodes/node-clock-skewed";
import { nodeDiskAlmostFull } from "../../alerts/nodes/node-disk-almost-full";
import { nodeMemoryHigh } from "../../alerts/nodes/node-memory-high";
import { nodes as watched } from "../../alerts/nodes/nodes";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";
import { measuresNodes } from "../../metrics/conditions";
import { busy, cpu, network, pressure, promised } from "./node-load";

/** What the nodes have left, and how hard they work. */
export function nodes(environment: Environment): Panel[] {
  const { runbookBaseUrl } = environment;
  const there = watched(environment);
  const shown = [nodeNotReady, nodeUnderPressure, nodeMemoryHigh, nodeDiskAlmostFull, nodeClockSkewed];
  return [
    ...shown
      .filter((alert) => there.includes(alert))
      .map((alert) => alertPanel(alert, { runbookBaseUrl, width: 8, empty: "not scraped" })),
    promised(),
    ...(measuresNodes(environment) ? [cpu(), pressure(), busy(), network()] : []),
  ];
}
