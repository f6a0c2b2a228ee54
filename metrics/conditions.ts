import type { Environment } from "../settings/environment";

/** What an environment may lack; then nothing about it is scraped, shown or alerted on. */

/** Whether the number of the API's pods follows their load. */
export function autoscales({ erp }: Pick<Environment, "erp">): boolean {
  const { scale } = erp.api;
  return "minReplicas" in scale && scale.minReplicas < scale.maxReplicas;
}

export function measuresNodes({ cluster }: Pick<Environment, "cluster">): boolean {
  return cluster.nodeExporter !== "off";
}

/** Whether samples are sent on, to be kept for longer. */
export function sendsOn({ prometheus }: Pick<Environment, "prometheus">): boolean {
  return prometheus.remoteWrite.length > 0;
}

/** A laptop has one node, whose clock there is nothing to compare with. */
export function comparesClocks({ cluster, tier }: Pick<Environment, "cluster" | "tier">): boolean {
  return measuresNodes({ cluster }) && tier !== "local";
}
