import type { CustomResource } from "./custom-resources";

/**
 * A PrometheusRule with one rule group in Prometheus' format, and with the labels by which Prometheus selects it. The
 * operator refuses an object as a whole, so a faulty group does not affect the others. The object has the name of its
 * group, which is an address: Prometheus forgets how long a condition has held when it changes.
 */
export function prometheusRule(
  group: { readonly name: string },
  labels: Readonly<Record<string, string>>,
): CustomResource {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: group.name, labels },
    spec: { groups: [group] },
  };
}
