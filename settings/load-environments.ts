import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import type { Environment } from "./environment";
import { noteFile } from "./environment-files";
import { loadTeamFiles, withTeamFiles } from "./load-team-files";
import { loadingFault } from "./loading-fault";

/** The environments in `config/`, and the faults of its files. */
export interface EnvironmentFiles {
  /** The environments that `environments.ts` lists, valid or not. The list is empty if a file cannot be loaded. */
  readonly environments: readonly Environment[];
  /** Faults of the files, without those of the settings in them. */
  readonly faults: readonly Fault[];
}

const list = "environments.ts";

/**
 * The environments that `config/environments.ts` lists.
 * @throws {Faults} when a file cannot be loaded, when one is not named after its environment, or when one is not listed.
 */
export function loadEnvironments(): readonly Environment[] {
  const { environments, faults } = readEnvironments();
  refuseAny(faults);
  return environments;
}

/**
 * Reads the users' settings. The files are loaded at run time instead of imported, so that a mistake in a file is
 * reported like any other fault.
 * @param folder folder with `environments.ts` and a file for each environment
 */
export function readEnvironments(folder: string = join(__dirname, "..", "config")): EnvironmentFiles {
  try {
    const listed: unknown = load(join(folder, list)).environments;
    const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && file !== list);
    const exported = files.flatMap((file) => environmentsIn(join(folder, file)).map((one) => ({ file, one })));
    if (!Array.isArray(listed) || listed.length === 0) {
      const rule = "must export `environments`, a list of at least one environment";
      return {
        environments: [],
        faults: [{ place: `config/${list}`, rule, remedy: "add an environment to the list" }],
      };
    }
    const { files: own, faults } = loadTeamFiles(folder, teamsOf(listed));
    return {
      environments: listed.map((one) => (typeof one === "object" && one !== null ? withTeamFiles(one, own) : one)),
      faults: [...fileFaults(exported, listed), ...ownerFaults(exported, listed), ...faults],
    };
  } catch (error) {
    return { environments: [], faults: [loadingFault(error, folder)] };
  }
}

/** Names of the teams of all environments, valid or not. */
export function teamsOf(listed: readonly unknown[]): readonly string[] {
  const named = listed.flatMap((one) => Object.keys((one as Partial<Environment> | null)?.teams ?? {}));
  return [...new Set(named)];
}

interface Exported {
  readonly file: string;
  readonly one: Partial<Environment>;
}

function load(path: string): Readonly<Record<string, unknown>> {
  return require(path);
}

/**
 * The environments that a file exports, regardless of their names. Other exports may be values that environments share.
 */
export function environmentsIn(path: string): Partial<Environment>[] {
  const environments = Object.values(load(path)).filter(
    (value): value is Partial<Environment> =>
      typeof value === "object" && value !== null && ("tier" in value || ("name" in value && "erp" in value)),
  );
  for (const one of environments) noteFile(one, basename(path));
  return environments;
}

/** Each environment must be named after its file and listed in `environments.ts`. */
function fileFaults(exported: readonly Exported[], listed: readonly unknown[]): Fault[] {
  return exported.flatMap(({ file, one }) => [
    ...nameFaults(file, one),
    ...(listed.includes(one)
      ? []
      : [
          {
            place: `config/${file}`,
            rule: `must be listed in config/${list}`,
            remedy: "import it there and add it to the list, or delete the file",
          },
        ]),
  ]);
}

/** An environment must be named after its file, because messages refer to `config/<name>.ts`. */
export function nameFaults(path: string, { name }: Partial<Environment>): Fault[] {
  const expected = basename(path, ".ts");
  if (typeof name !== "string" || name === expected) return [];
  return [
    {
      place: `config/${basename(path)}: name`,
      value: JSON.stringify(name),
      rule: `must be "${expected}", like the name of the file`,
      remedy: "rename one of the two; each environment needs its own file",
    },
  ];
}

/** Each listed environment must be exported by its own file. */
function ownerFaults(exported: readonly Exported[], listed: readonly unknown[]): Fault[] {
  return listed.flatMap((one, index) =>
    typeof one !== "object" || one === null || exported.some((other) => other.one === one)
      ? []
      : [
          {
            place: `config/${list}: [${index}]`,
            rule: "must be exported by its own file in config/, which is named after it",
            remedy: "move it to that file and import it",
          },
        ],
  );
}
