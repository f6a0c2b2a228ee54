import type { Environment } from "../settings/environment";

/** Conditions for optional parts of an environment. Without such a part, there are no jobs, panels and alerts about it. */

/** Whether the API is scaled automatically. */
export function autoscales({ erp }: Pick<Environment, "erp">): boolean {
  const { scale } = erp.api;
  return "minReplicas" in scale && scale.minReplicas < scale.maxReplicas;
}

export function measuresNodes({ cluster }: Pick<Environment, "cluster">): boolean {
  return cluster.nodeExporter !== "off";
}

/** Whether samples are also sent to long-term storage. */
export function sendsOn({ prometheus }: Pick<Environment, "prometheus">): boolean {
  return prometheus.remoteWrite.length > 0;
}

/** Whether the clocks of nodes are compared. A laptop has one node, so that there is nothing to compare. */
export function comparesClocks({ cluster, tier }: Pick<Environment, "cluster" | "tier">): boolean {
  return measuresNodes({ cluster }) && tier !== "local";
}

/** Whether the API verifies tokens of an issuer, and counts them. */
export function verifiesTokens({ erp }: Pick<Environment, "erp">): boolean {
  return erp.identity.mode === "oidc";
}

/** Whether the ERP makes traces, which a collector receives. */
export function makesTraces({ tracing }: Pick<Environment, "tracing">): boolean {
  return tracing !== undefined && tracing.store !== "off";
}
