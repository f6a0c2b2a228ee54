import type { FieldChange } from "./change";
import { fieldChanges } from "./field-changes";

/**
 * The changes of single values. An object that was added or removed as a whole is listed value by value, so that a rule
 * about one value applies even if more of its object has changed.
 */
export function leafChanges(before: unknown, after: unknown, path = ""): FieldChange[] {
  return fieldChanges(before, after, path).flatMap(expandChange);
}

/** Splits the change of an added or removed object into the changes of its values. */
export function expandChange({ field, before, after }: FieldChange): FieldChange[] {
  const [one, other] = [before ?? emptyOf(after), after ?? emptyOf(before)];
  const isWhole = (before === undefined) !== (after === undefined);
  const inside = isWhole && typeof one === "object" && typeof other === "object" ? fieldChanges(one, other, field) : [];
  const isLeaf = inside.length === 0 || inside.every((change) => change.field === field);
  return isLeaf ? [{ field, before, after }] : inside.flatMap(expandChange);
}

/**
 * The empty value that an added or removed value is compared with. Lists are compared as a whole unless their items
 * have names.
 */
function emptyOf(value: unknown): unknown {
  return Array.isArray(value) ? [] : {};
}
