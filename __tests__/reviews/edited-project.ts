import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { transformSync } from "@swc/core";
import type { Environment } from "../../settings/environment";
import { type ConfigFiles, givenFiles } from "../team/config-files";

const root = join(__dirname, "..", "..");

/** Texts of the files of the project, by their paths: `config/local.ts`. Files that are not listed are those on the disk. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** The project with the settings of the fixtures, before somebody changes it. */
export const givenProject: ProjectFiles = inConfig(givenFiles);

/** The files of `config/` by their paths in the project. */
export function inConfig(files: ConfigFiles): ProjectFiles {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [join("config", file), text]));
}

/** Writes the synth of the project with these files, in this process: no file is copied. */
export function synthesizeProject(files: ProjectFiles, outdir: string): void {
  const load = projectLoader(files);
  const { synthesize } = load("main.ts") as typeof import("../../main");
  const { environments } = load("config/environments.ts") as { readonly environments: readonly Environment[] };
  synthesize(environments, outdir);
}

/** A function that loads a module of the project. Modules refer to each other, and share packages with the test. */
function projectLoader(files: ProjectFiles): (file: string) => object {
  const loaded = new Map<string, { exports: object }>();
  const load = (file: string): object => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const folder = join(root, dirname(file));
    const requireFrom = (specifier: string) =>
      specifier.startsWith(".") ? load(pathOf(relative(root, join(folder, specifier)), files)) : require(specifier);
    new Function("exports", "module", "require", "__dirname", codeOf(file, files[file]))(
      module.exports,
      module,
      Object.assign(requireFrom, { main: undefined }),
      folder,
    );
    return module.exports;
  };
  return load;
}

function pathOf(path: string, files: ProjectFiles): string {
  const candidates = [path, `${path}.ts`, join(path, "index.ts")];
  const found = candidates.find((one) => /\.\w+$/.test(one) && (one in files || existsSync(join(root, one))));
  if (found === undefined) throw new Error(`there is no module ${path}`);
  return found;
}

const compiled = new Map<string, string>();

function codeOf(file: string, edited: string | undefined): string {
  const text = edited ?? readFileSync(join(root, file), "utf8");
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const code = file.endsWith(".json") ? `module.exports = ${text}` : compile(file, text);
  compiled.set(text, code);
  return code;
}

function compile(filename: string, text: string): string {
  const jsc = { parser: { syntax: "typescript" }, target: "es2022" } as const;
  return transformSync(text, { filename, jsc, module: { type: "commonjs" } }).code;
}
