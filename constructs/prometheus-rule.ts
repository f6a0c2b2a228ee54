import type { CustomResource } from "./custom-resources";

/** A PrometheusRule with rule groups in Prometheus' format, and with the labels by which Prometheus selects it. */
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
