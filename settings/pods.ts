import { z } from "zod";
import { objectName, unique } from "./fields";
import { agentPlacement, placement } from "./placement";

/** Settings of the pods of all charts and of all our own workloads. */
export const pods = z.strictObject({
  /**
   * Existing Secrets of type `kubernetes.io/dockerconfigjson` with the credentials of private registries. Each namespace
   * of the stacks must have them. Every pod gets them. @default the registries need no credentials
   */
  imagePullSecrets: unique(objectName).min(1).optional(),
  /** Placement of all pods except the agents on nodes. @default any node without taints */
  placement: placement.optional(),
  /**
   * Placement of the monitoring: the charts and the exporters. Each of its fields replaces that of `placement`.
   * @default as `placement`
   */
  monitoring: placement.optional(),
  /**
   * Placement of the log agent, node-exporter and the Loki canary, which otherwise run on every Linux node. `placement`
   * does not apply to them.
   * @default every Linux node
   */
  agents: agentPlacement.optional(),
});
