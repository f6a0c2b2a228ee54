import type { Attributes, Plan, ResourceChange } from "../terraform/plan-summary";

/** An object that a plan would create or change, as the cluster identifies it. */
export interface PlannedObject {
  readonly address: string;
  /** The kind in kubectl's form, such as `networkpolicy`; `release` for a Helm release. */
  readonly kind: string;
  /** The namespace of the object. @default the object belongs to no namespace */
  readonly namespace?: string;
  readonly name: string;
}

/** The objects on which a plan performs one of the actions, if their name is known before the apply. */
export function plannedObjects({ resource_changes = [] }: Plan, ...actions: readonly string[]): PlannedObject[] {
  return resource_changes
    .filter(({ change }) => change.actions.length === 1 && actions.includes(change.actions[0] ?? ""))
    .flatMap(identify);
}

function identify({ address, type, change }: ResourceChange): PlannedObject[] {
  const attributes = change.after ?? change.before ?? {};
  if (type === "helm_release") return namedObject({ address, kind: "release" }, attributes);
  if (!type.startsWith("kubernetes_") || !Array.isArray(attributes.metadata)) return [];
  const kind = type.replace(/^kubernetes_|_v\d+$/g, "").replaceAll("_", "");
  return namedObject({ address, kind }, attributes.metadata[0]);
}

function namedObject(known: Pick<PlannedObject, "address" | "kind">, { name, namespace }: Attributes): PlannedObject[] {
  return name ? [{ ...known, name, ...(namespace && { namespace }) }] : [];
}
