import type { Manifest } from "./helm-release";

/**
 * The file of a Kubernetes object, relative to the folder of its stack. Objects of one workload are in one file, which is
 * named after it. Kinds that form a table have a common file.
 */
export function objectFile({ kind, metadata }: Manifest): string {
  if (metadata.labels?.grafana_dashboard) return `dashboards/${metadata.name.replace("dashboard-", "")}.yaml`;
  if (kind === "PrometheusRule") return `rules/${metadata.name}.yaml`;
  return tables[kind] ?? `${metadata.name}.yaml`;
}

/** The file with the values of a release, relative to the folder of its stack. */
export function valuesFile(release: string): string {
  return `releases/${release}.yaml`;
}

export const namespacesFile = "namespaces.yaml";

const tables: Readonly<Record<string, string>> = {
  Namespace: namespacesFile,
  NetworkPolicy: "network-policies.yaml",
  PriorityClass: "priority-classes.yaml",
  Probe: "monitors.yaml",
  PodMonitor: "monitors.yaml",
  ServiceMonitor: "monitors.yaml",
};
