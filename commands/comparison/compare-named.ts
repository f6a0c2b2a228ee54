import type { Area, FieldChange, FoundChange } from "./change";
import { fieldChanges } from "./field-changes";

/** Things by their names. */
export type Named<Thing> = Readonly<Record<string, Thing>>;

/**
 * The things that were added, removed or changed, sorted by name.
 * @param fields what differs between two things of the same name. @default all their fields are compared
 */
export function compareNamed<Thing>(
  area: Area,
  before: Named<Thing>,
  after: Named<Thing>,
  fields: (one: Thing, other: Thing) => readonly FieldChange[] = fieldChanges,
): FoundChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): FoundChange[] => {
    const [one, other] = [before[name], after[name]];
    if (one === undefined) return [{ area, what: "added", name, fields: [] }];
    if (other === undefined) return [{ area, what: "removed", name, fields: [] }];
    const found = fields(one, other);
    return found.length > 0 ? [{ area, what: "changed", name, fields: found }] : [];
  });
}
