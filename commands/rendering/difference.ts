import { isDeepStrictEqual } from "node:util";

export const same = Symbol("same");

/** In place of what is not there any more. */
export const deleted = { $patch: "delete" };

/**
 * What of a value differs from another, in the form of a strategic merge patch; `same` where nothing does.
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function difference(from: unknown, to: unknown): unknown {
  if (isDeepStrictEqual(from, to)) return same;
  if (isFields(from) && isFields(to)) return fieldsDifference(from, to);
  if (Array.isArray(from) && Array.isArray(to)) return listDifference(from, to);
  return to;
}

function fieldsDifference(from: Fields, to: Fields): Fields {
  const gone = Object.keys(from)
    .filter((key) => !(key in to))
    .map((key) => [key, null]);
  const there = Object.keys(to)
    .map((key) => [key, key in from ? difference(from[key], to[key]) : to[key]])
    .filter(([, value]) => value !== same);
  return Object.fromEntries([...there, ...gone]);
}

/** Where every item has a name and the order is the same, the items that differ; otherwise the whole list. */
function listDifference(from: readonly unknown[], to: readonly unknown[]): unknown {
  const key = names.find((name) => isNamed(from, name) && isNamed(to, name));
  if (key === undefined) return to;
  const [before, after] = [byName(from as Fields[], key), byName(to as Fields[], key)];
  const commonNames = (one: typeof before, other: typeof before) => [...one.keys()].filter((name) => other.has(name));
  if (!isDeepStrictEqual(commonNames(before, after), commonNames(after, before))) return to;
  const there = [...after].flatMap(([name, item]) => {
    const found = before.has(name) ? difference(before.get(name), item) : item;
    return found === same ? [] : [{ [key]: name, ...(found as Fields) }];
  });
  return [
    ...there,
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => ({ [key]: name, ...deleted })),
  ];
}

/** What items of the lists that we know are told apart by. */
const names = ["name", "alert", "record", "mountPath", "topologyKey", "uid"];

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamed(list: readonly unknown[], key: string): boolean {
  const found = list.map((item) => (isFields(item) ? item[key] : undefined));
  return found.every((name) => typeof name === "string") && new Set(found).size === list.length;
}

function byName(list: readonly Fields[], key: string): ReadonlyMap<unknown, Fields> {
  return new Map(list.map((item) => [item[key], item]));
}
