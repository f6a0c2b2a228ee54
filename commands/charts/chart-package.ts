import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { fromDefaults, fromSchema, fromTemplate, type Known, mergeKnown } from "./known-keys";

/** The values that a chart accepts, and the version of its program. */
export interface ChartPackage {
  /** `appVersion` of its `Chart.yaml`. Empty if the chart states none. */
  readonly appVersion: string;
  readonly known: Known;
  /** Names of keys that only comments in the default values mention. */
  readonly mentioned: ReadonlySet<string>;
}

/** Unpacks the package of a chart into the folder, and reads it. */
export function chartPackage(path: string, name: string, folder: string): ChartPackage {
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", path, "-C", folder]);
  return chart(join(folder, name));
}

/** A chart with the charts that it depends on, whose values are nested under their names. */
function chart(folder: string): ChartPackage {
  const defaults = read(folder, "values.yaml");
  const schema = read(folder, "values.schema.json");
  const knownKeys = [
    fromDefaults(parse(defaults) ?? {}),
    ...(schema ? [fromSchema(JSON.parse(schema))] : []),
    ...filesIn(join(folder, "templates")).map((file) => fromTemplate(readFileSync(file, "utf8"))),
  ];
  const parts = dependencies(folder).map(({ key, path }) => ({ key, part: chart(path) }));
  const below = parts.map(({ key, part }) => new Map([[key, part.known]]));
  return {
    appVersion: String(parse(read(folder, "Chart.yaml")).appVersion ?? ""),
    known: [...knownKeys, ...below].reduce(mergeKnown, new Map()),
    mentioned: new Set([...mentions(defaults), ...parts.flatMap(({ part }) => [...part.mentioned])]),
  };
}

function dependencies(folder: string): readonly { readonly key: string; readonly path: string }[] {
  const listed: readonly Dependency[] = parse(read(folder, "Chart.yaml")).dependencies ?? [];
  return listed
    .map(({ name, alias }) => ({ key: alias ?? name, path: join(folder, "charts", name) }))
    .filter(({ path }) => existsSync(path));
}

/**
 * A chart that another chart depends on, as an entry of `dependencies` in `Chart.yaml`. Only the fields that we read
 * are listed.
 * @see https://helm.sh/docs/topics/charts/#chart-dependencies
 */
interface Dependency {
  readonly name: string;
  readonly alias?: string;
}

function mentions(defaults: string): readonly string[] {
  return [...defaults.matchAll(/^\s*#[#\s-]*([\w.-]+):/gm)].map(([, name]) => name as string);
}

function read(folder: string, file: string): string {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
