import type { Attributes, Plan, ResourceChange } from "../terraform/plan-summary";

/** Something that a plan would create or change, as the cluster knows it. */
export interface Planned {
  readonly address: string;
  /** As `kubectl` says it: `networkpolicy`; `release` for a Helm release. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What the plan would do any of these things to, where the name is known before it is applied. */
export function planned({ resource_changes = [] }: Plan, ...actions: readonly string[]): Planned[] {
  return resource_changes
    .filter(({ change }) => change.actions.length === 1 && actions.includes(change.actions[0] ?? ""))
    .flatMap(identified);
}

function identified({ address, type, change }: ResourceChange): Planned[] {
  const attributes = change.after ?? change.before ?? {};
  if (type === "helm_release") return named({ address, kind: "release" }, attributes);
  if (!type.startsWith("kubernetes_") || !Array.isArray(attributes.metadata)) return [];
  const kind = type.replace(/^kubernetes_|_v\d+$/g, "").replaceAll("_", "");
  return named({ address, kind }, attributes.metadata[0]);
}

function named(known: Pick<Planned, "address" | "kind">, { name, namespace }: Attributes): Planned[] {
  return name ? [{ ...known, name, ...(namespace && { namespace }) }] : [];
}
