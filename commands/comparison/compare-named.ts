import type { Area, FieldChange, FoundChange } from "./change";
import { fieldChanges } from "./field-changes";

/** Things by name. */
export type Named<Thing> = Readonly<Record<string, Thing>>;

export interface NamedComparison<Thing> {
  /** The function that compares two things of the same name. @default all their fields are compared */
  readonly fields?: (one: Thing, other: Thing) => readonly FieldChange[];
  /** The function that describes an added or removed thing in a few words. @default only its name is printed */
  readonly summary?: (thing: Thing) => string;
  /** The function that names a thing in a sentence. @default its name is used */
  readonly label?: (thing: Thing) => string;
}

/** The things that were added, removed or changed, sorted by name. */
export function compareNamed<Thing>(
  area: Area,
  before: Named<Thing>,
  after: Named<Thing>,
  { fields = fieldChanges, summary, label }: NamedComparison<Thing> = {},
): FoundChange[] {
  const labelled = (thing: Thing) => label && { label: label(thing) };
  const whole = (what: "added" | "removed", name: string, thing: Thing): FoundChange[] => [
    { area, what, name, ...labelled(thing), fields: [], ...(summary && { summary: summary(thing) }) },
  ];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): FoundChange[] => {
    const [one, other] = [before[name], after[name]];
    if (one === undefined) return other === undefined ? [] : whole("added", name, other);
    if (other === undefined) return whole("removed", name, one);
    const found = fields(one, other);
    return found.length > 0 ? [{ area, what: "changed", name, ...labelled(other), fields: found }] : [];
  });
}
