import type { FieldChange, FoundChange } from "./change";
import type { DeployedObject } from "./deployed-objects";

/** A change of an object that loses data, or that Terraform or the cluster rejects. */
export function breakingChange(
  { name }: DeployedObject,
  what: FoundChange["what"],
  fields: readonly FieldChange[],
  reason: string,
): FoundChange {
  return { area: "state", what, name, fields, breaking: reason };
}

/** One breaking change for each reason, with the fields to which it applies. A field without a reason is omitted. */
export function breakingFields(
  object: DeployedObject,
  fields: readonly FieldChange[],
  reasonOf: (field: FieldChange) => string | undefined,
): FoundChange[] {
  const reasons = new Map<string, FieldChange[]>();
  for (const field of fields) {
    const reason = reasonOf(field);
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), field]);
  }
  return [...reasons].map(([reason, own]) => breakingChange(object, "changed", own, reason));
}
