import type { Environment } from "../../config/environment";
import type { Alert } from "../../kit/alerts/alert";
import { comparesClocks, measuresNodes } from "../../metrics/conditions";
import { nodeNotReady, nodeUnderPressure } from "./availability";
import { nodeClockSkewed } from "./node-clock-skewed";
import { nodeDiskAlmostFull } from "./node-disk-almost-full";
import { nodeMemoryHigh } from "./node-memory-high";

/** What the control plane says of nodes; and what they say themselves, where they have an exporter. */
export function nodes(environment: Pick<Environment, "cluster" | "tier">): readonly Alert[] {
  return [
    nodeNotReady,
    nodeUnderPressure,
    ...(measuresNodes(environment) ? [nodeMemoryHigh, nodeDiskAlmostFull] : []),
    ...(comparesClocks(environment) ? [nodeClockSkewed] : []),
  ];
}
