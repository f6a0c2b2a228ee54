import { type Catalogue, namesOf } from "../kit/metrics/catalogue";
import type { Environment } from "../settings/environment";
import { jobsOf } from "./listings";

/** Metrics that Prometheus keeps of an exporter: these names, or all of them. */
export type Keep = "all" | readonly string[];

/** Jobs of kube-prometheus-stack that no subject uses. They are scraped only if `clusterMonitoring` is `full`. */
const uncatalogued = ["apiserver", "coredns", "kube-proxy"];

/** Jobs of the control plane, which managed clusters do not expose. */
const controlPlane = ["kube-etcd", "kube-scheduler", "kube-controller-manager"];

/**
 * Metrics to keep of each exporter that kube-prometheus-stack scrapes, by job. A job that is not listed is not scraped.
 */
export function clusterJobs(environment: Environment, catalogue: Catalogue): Readonly<Record<string, Keep>> {
  const jobs = jobsOf(environment).filter(({ scrapedBy }) => scrapedBy === "chart");
  if (environment.clusterMonitoring === "curated") {
    const kept = jobs.map((job) => [job.name, namesOf(catalogue, job)] as const);
    return Object.fromEntries(kept.filter(([, names]) => names.length > 0));
  }
  const hidden = environment.cluster.controlPlane === "self-managed" ? controlPlane : [];
  const names = [...jobs.map(({ name }) => name), ...uncatalogued, ...hidden];
  return Object.fromEntries(names.map((name) => [name, "all"]));
}
