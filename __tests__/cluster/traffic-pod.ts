import { createPod, kubectl } from "./kubernetes";

/** A container of a pod, as Kubernetes has it. */
interface Sidecar {
  readonly securityContext: object;
  readonly [field: string]: unknown;
}

/**
 * Creates a pod that can sign tokens: a copy of the traffic generator's pod, which has the key of tier `local`, with
 * another command, and with sidecars that have the same security context.
 */
export function createTrafficPod(name: string, command: readonly string[], ...sidecars: readonly Sidecar[]): void {
  const { template } = JSON.parse(kubectl("-n", "erp", "get", "deployment/erp-traffic", "-o", "json")).spec;
  const [generator] = template.spec.containers;
  const beside = sidecars.map((sidecar) => ({
    ...sidecar,
    securityContext: { ...generator.securityContext, ...sidecar.securityContext },
  }));
  const spec = { ...template.spec, containers: [{ ...generator, command, args: undefined }, ...beside] };
  createPod({ namespace: "erp", name, labels: template.metadata.labels }, spec);
}
