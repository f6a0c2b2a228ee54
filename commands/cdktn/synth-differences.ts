import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The text of each file, by its path in the folder. */
export type Files = ReadonlyMap<string, string>;

export function readFiles(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    paths
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}

/** The version of the library that synthesised the files. */
export function libraryVersion(files: Files): unknown {
  return JSON.parse(files.get("manifest.json") ?? "{}").version;
}

/** Places to which the library writes its version. */
const versions = [/^manifest\.json: version$/, /^stacks\/[^/]+\/cdk\.tf\.json: \/\/\.metadata\.version$/];

/** One line for each value that differs between two synths, except the version of the library. */
export function synthDifferences(before: Files, after: Files): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) =>
    valueDifferences(content(path, before), content(path, after))
      .map(({ place, was, is }) => ({ place: [path, place].filter(Boolean).join(": "), was, is }))
      .filter(({ place }) => !versions.some((version) => version.test(place)))
      .map(({ place, was, is }) => `${place}: ${excerpt(was, is)}`),
  );
}

function content(path: string, files: Files): unknown {
  const text = files.get(path);
  return text !== undefined && path.endsWith(".json") ? JSON.parse(text) : text;
}

interface Difference {
  /** The keys that lead to the value: `resource.helm_release.loki.version`. */
  readonly place: string;
  readonly was: unknown;
  readonly is: unknown;
}

function valueDifferences(was: unknown, is: unknown, keys: readonly string[] = []): readonly Difference[] {
  if (isContainer(was) && isContainer(is) && Array.isArray(was) === Array.isArray(is)) {
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
      valueDifferences(was[key], is[key], [...keys, key]),
    );
  }
  return was === is ? [] : [{ place: keys.join("."), was, is }];
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Both values, from shortly before the first character that differs, because a value can contain a whole dashboard. */
function excerpt(was: unknown, is: unknown): string {
  const [one, other] = [write(was), write(is)];
  const same = [...one].findIndex((character, index) => character !== other[index]);
  const from = Math.max(0, (same === -1 ? one.length : same) - 20);
  return [one, other].map((text) => text.slice(from, from + 100)).join(" became ");
}

function write(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
