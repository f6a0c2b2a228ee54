import type { CustomResource } from "./custom-resources";

/** Rule groups as Prometheus takes them, in a custom resource that carries the labels which Prometheus selects by. */
export function prometheusRule(
  name: string,
  labels: Readonly<Record<string, string>>,
  groups: readonly object[],
): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name, labels },
    spec: { groups },
  };
}
