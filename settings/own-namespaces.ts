import { type Namespace, namespaces } from "./addresses";

/** The part of an environment that decides which namespaces the stacks create. */
export interface WithTracing {
  /** Traces of the ERP. @default there are none */
  readonly tracing?: { readonly store: string } | undefined;
}

/** The namespaces that the stacks of an environment create. `tracing` exists only where the ERP makes traces. */
export function ownNamespaces({ tracing = { store: "off" } }: WithTracing): readonly Namespace[] {
  return Object.values(namespaces).filter((one) => one !== namespaces.tracing || tracing.store !== "off");
}

/** These namespaces, as messages list them. */
export function namedNamespaces(environment: WithTracing): string {
  return ownNamespaces(environment)
    .map((namespace) => `\`${namespace}\``)
    .join(", ");
}
