import type { Environment } from "../config/environment";
import type { Catalogue } from "./catalogue";
import { keepList } from "./catalogue";
import type { Job } from "./jobs";
import { jobs } from "./jobs";

/** Exporters of the cluster itself, by the names of their jobs; `undefined` where the catalogue asks nothing of them. */
const everywhere: Readonly<Record<string, Job | undefined>> = {
  "kube-state-metrics": jobs.kubeStateMetrics,
  cadvisor: jobs.cadvisor,
  "kubelet-probes": jobs.kubeletProbes,
  kubelet: undefined,
  "node-exporter": undefined,
  apiserver: undefined,
  coredns: undefined,
  "kube-proxy": undefined,
};

/** What a managed control plane hides. */
const controlPlane = { "kube-etcd": undefined, "kube-scheduler": undefined, "kube-controller-manager": undefined };

/**
 * What is kept of each cluster exporter: `all`, or the catalogue's names. A job that is absent need not be scraped.
 */
export function clusterJobs(
  { cluster, clusterMonitoring }: Pick<Environment, "cluster" | "clusterMonitoring">,
  catalogue: Catalogue,
): Readonly<Record<string, "all" | readonly string[]>> {
  const there = Object.entries({ ...everywhere, ...(cluster.controlPlane === "self-managed" && controlPlane) });
  if (clusterMonitoring === "full") return Object.fromEntries(there.map(([name]) => [name, "all"]));
  const asked = there.map(([name, job]) => [name, job ? keepList(catalogue, job) : []] as const);
  return Object.fromEntries(asked.filter(([, names]) => names.length > 0));
}
