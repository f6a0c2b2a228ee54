import type { Environment } from "../../config/environment";
import { comparesClocks, measuresNodes } from "../../metrics/environment-parts";
import type { Alert } from "../alert";
import { nodeNotReady, nodeUnderPressure } from "./availability";
import { nodeClockSkewed } from "./clock";
import { nodeDiskAlmostFull } from "./disk";
import { nodeMemoryHigh } from "./memory";

/** What the control plane says of nodes; and what they say themselves, where they have an exporter. */
export function nodes(environment: Pick<Environment, "cluster" | "tier">): readonly Alert[] {
  return [
    nodeNotReady,
    nodeUnderPressure,
    ...(measuresNodes(environment) ? [nodeMemoryHigh, nodeDiskAlmostFull] : []),
    ...(comparesClocks(environment) ? [nodeClockSkewed] : []),
  ];
}
