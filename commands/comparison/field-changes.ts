import { isDeepStrictEqual } from "node:util";
import type { FieldChange } from "./change";

/**
 * The innermost fields in which two values differ, each with its path: `spec.container[erp-api].image`. Items of a list
 * are compared by name if all of them have a name, otherwise by position if the lists have the same length. Lists of
 * texts or numbers are compared as a whole.
 */
export function fieldChanges(before: unknown, after: unknown, path = ""): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const [one, other] = [fieldsOf(before, after), fieldsOf(after, before)];
  if (one === undefined || other === undefined) return [{ field: path || "value", before, after }];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.flatMap((key) => fieldChanges(one[key], other[key], joinPath(path, key, Array.isArray(before))));
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a value by their keys, if it can be compared with the other one field by field. */
function fieldsOf(value: unknown, other: unknown): Fields | undefined {
  if (isFields(value) && isFields(other)) return value;
  if (!Array.isArray(value) || !Array.isArray(other)) return undefined;
  const key = names.find((name) => isNamed(value, name) && isNamed(other, name));
  if (key !== undefined) return Object.fromEntries(value.map((item) => [item[key], item]));
  const comparable = value.length === other.length && [...value, ...other].every(isFields);
  return comparable ? Object.fromEntries(value.entries()) : undefined;
}

/** Keys that identify the items of known lists. The periods of Loki's schema are identified by their first day. */
const names = ["name", "alert", "record", "from"];

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamed(list: readonly unknown[], key: string): boolean {
  const found = list.map((item) => (isFields(item) ? item[key] : undefined));
  return found.every((name) => typeof name === "string") && new Set(found).size === list.length;
}

function joinPath(path: string, key: string, isItem: boolean): string {
  if (isItem) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}
