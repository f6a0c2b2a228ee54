import type { Environment } from "../config/environment";
import type { Catalogue } from "./catalogue";
import { keepList } from "./catalogue";
import { measuresNodes } from "./conditions";
import type { Job } from "./jobs";
import { jobs } from "./jobs";

/**
 * Exporters of the cluster itself, and the programs that scrape them, by the names of their jobs; `undefined` where the
 * catalogue asks nothing of them.
 */
const everywhere: Readonly<Record<string, Job | undefined>> = {
  prometheus: jobs.prometheus,
  alertmanager: jobs.alertmanager,
  "prometheus-operator": jobs.prometheusOperator,
  "kube-state-metrics": jobs.kubeStateMetrics,
  kubelet: jobs.kubelet,
  cadvisor: jobs.cadvisor,
  "kubelet-probes": jobs.kubeletProbes,
  apiserver: undefined,
  coredns: undefined,
  "kube-proxy": undefined,
};

/** On the nodes, unless nobody wants it there. */
const onNodes = { "node-exporter": jobs.nodeExporter };

/** What a managed control plane hides. */
const controlPlane = { "kube-etcd": undefined, "kube-scheduler": undefined, "kube-controller-manager": undefined };

/**
 * What is kept of each cluster exporter: `all`, or the catalogue's names. A job that is absent need not be scraped.
 */
export function clusterJobs(
  environment: Pick<Environment, "cluster" | "clusterMonitoring">,
  catalogue: Catalogue,
): Readonly<Record<string, "all" | readonly string[]>> {
  const { cluster, clusterMonitoring } = environment;
  const there = Object.entries<Job | undefined>({
    ...everywhere,
    ...(measuresNodes(environment) && onNodes),
    ...(cluster.controlPlane === "self-managed" && controlPlane),
  });
  if (clusterMonitoring === "full") return Object.fromEntries(there.map(([name]) => [name, "all"]));
  const asked = there.map(([name, job]) => [name, job ? keepList(catalogue, job) : []] as const);
  return Object.fromEntries(asked.filter(([, names]) => names.length > 0));
}
