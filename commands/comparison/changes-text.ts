import { areas, type Change, type FieldChange } from "./change";
import { mergeEnvironments } from "./merge-environments";

/** Limits of the printed text. */
export interface ChangesTextOptions {
  /**
   * Number of changes of an area, and of fields of a change, that are printed. Of the others, only the number is
   * printed.
   */
  readonly most: number;
}

/**
 * The changes as text: breaking changes first, then the others grouped by environment. A change that is the same in
 * several environments is printed once.
 */
export function changesText(changes: readonly Change[], { most }: ChangesTextOptions): string {
  if (changes.length === 0) return "Nothing changes.";
  const merged = mergeEnvironments(changes).map(({ change, environments }) => ({
    change,
    environments: environments.join(", "),
  }));
  const breaking = mergeNames(merged.filter(({ change }) => change.breaking !== undefined));
  const others = merged.filter(({ change }) => change.breaking === undefined);
  const groups = [...new Set(others.map(({ environments }) => environments))];
  return [
    ...(breaking.length > 0 ? [breakingText(breaking, most)] : []),
    ...groups.map((environments) => {
      const own = others.filter((one) => one.environments === environments).map(({ change }) => change);
      return `${environments}\n${areaTexts(own, most).join("\n")}`;
    }),
  ].join("\n\n");
}

interface Merged {
  readonly change: Change;
  /** Names of the environments that have the change, as one text. */
  readonly environments: string;
}

/** Merges changes that differ only in the names of their objects, such as a protection that all namespaces lose. */
function mergeNames(changes: readonly Merged[]): Merged[] {
  const merged = new Map<string, Merged>();
  for (const { change, environments } of changes) {
    const key = JSON.stringify({ ...change, environment: environments, name: undefined });
    const known = merged.get(key)?.change.name;
    const name = known === undefined ? change.name : `${known}, ${change.name}`;
    merged.set(key, { change: { ...change, name }, environments });
  }
  return [...merged.values()];
}

function breakingText(breaking: readonly Merged[], most: number): string {
  const lines = breaking.flatMap(({ change, environments }) => [
    `  ${breakingHeading(change, environments)}`,
    ...fieldLines(change.fields, most).map((line) => `      ${line}`),
  ]);
  const title = breaking.length === 1 ? "1 CHANGE IS BREAKING" : `${breaking.length} CHANGES ARE BREAKING`;
  return [`!!! ${title}`, ...lines].join("\n");
}

function breakingHeading({ area, what, name, summary, breaking }: Change, environments: string): string {
  if (area === "environment") return `${mark({ what })} ${environments}: ${name}: ${summary}; ${breaking}`;
  return `${mark({ what })} ${name} in ${environments}: ${breaking}`;
}

function areaTexts(changes: readonly Change[], most: number): string[] {
  return areas.flatMap((area) => {
    const own = changes.filter((change) => change.area === area);
    if (own.length === 0) return [];
    const shown = own.slice(0, most).flatMap((change) => changeLines(change, most));
    const rest = own.length - most;
    return [`  ${area}`, ...shown.map((line) => `    ${line}`), ...(rest > 0 ? [`    … and ${rest} more`] : [])];
  });
}

/** A change on one line if it has one field, otherwise with a line for each field. */
function changeLines(change: Change, most: number): string[] {
  const { summary, label: name = change.name } = change;
  const [first = "", ...others] = fieldLines(change.fields, most);
  if (first === "") return [`${mark(change)} ${name}${summary === undefined ? "" : `: ${summary}`}`];
  const heading = `${mark(change)} ${name}${summary === undefined ? "" : ` (${summary})`}`;
  return others.length === 0 ? [`${heading}: ${first}`] : [heading, ...[first, ...others].map((line) => `    ${line}`)];
}

function mark({ what }: Pick<Change, "what">): string {
  return { added: "+", removed: "-", changed: "~" }[what];
}

function fieldLines(fields: readonly FieldChange[], most: number): string[] {
  const rest = fields.length - most;
  return [...fields.slice(0, most).map(fieldLine), ...(rest > 0 ? [`… and ${rest} more fields`] : [])];
}

function fieldLine({ field, before, after }: FieldChange): string {
  if (before === null && after === null) return `${field} changed`;
  if (before === undefined) return `${field} added: ${shorten(after)}`;
  if (after === undefined) return `${field} removed: ${shorten(before)}`;
  if (isPlainList(before) && isPlainList(after)) return `${field}: ${listDifference(before, after)}`;
  return `${field} ${shorten(before)} -> ${shorten(after)}`;
}

function isPlainList(value: unknown): value is readonly (string | number)[] {
  return Array.isArray(value) && value.every((item) => typeof item !== "object");
}

function listDifference(before: readonly (string | number)[], after: readonly (string | number)[]): string {
  const added = after.filter((item) => !before.includes(item)).map((item) => `+ ${item}`);
  const removed = before.filter((item) => !after.includes(item)).map((item) => `- ${item}`);
  return [...added, ...removed].join(", ") || "another order";
}

/** Number of characters after which values are cut. Their full text is in `rendered/`. */
const longest = 80;

function shorten(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
