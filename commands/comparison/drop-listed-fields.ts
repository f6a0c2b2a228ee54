import type { FieldChange, FoundChange } from "./change";
import { expandChange } from "./leaf-changes";

/** Removes the fields that a breaking change of the same object already lists. */
export function dropListedFields(changes: readonly FoundChange[]): FoundChange[] {
  const breaking = changes.filter((change) => change.breaking !== undefined);
  return changes.flatMap((change) => {
    const same = breaking.filter((one) => one !== change && one.name === change.name);
    if (change.breaking !== undefined || same.length === 0) return [change];
    if (change.what !== "changed") return [];
    const listed = same.flatMap((one) => one.fields.flatMap(leaves));
    const fields = change.fields.flatMap((field) => dropListed(field, new Set(listed)));
    return fields.length > 0 ? [{ ...change, fields }] : [];
  });
}

/** An object that was added or removed as a whole may be listed in part. Then its other values remain. */
function dropListed(field: FieldChange, listed: ReadonlySet<string>): FieldChange[] {
  const rest = expandChange(field).filter((leaf) => !listed.has(leaf.field));
  return rest.length === leaves(field).length ? [field] : rest;
}

function leaves(field: FieldChange): string[] {
  return expandChange(field).map((leaf) => leaf.field);
}
