import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import type { Environment } from "./environment";
import { loadingFault } from "./loading-fault";

/** What the files of `config/` contain. */
export interface EnvironmentFiles {
  /** Those that `environments.ts` lists, whatever is wrong with them; none when a file cannot be loaded. */
  readonly environments: readonly Environment[];
  /** What is wrong with the files, but not with the settings in them. */
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
 * Reads the settings of the users. They are not imported, so that a mistake in a file is a fault like any other.
 * @param folder with `environments.ts`, and a file for each environment
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
    return { environments: listed, faults: [...fileFaults(exported, listed), ...ownerFaults(exported, listed)] };
  } catch (error) {
    return { environments: [], faults: [loadingFault(error, folder)] };
  }
}

interface Exported {
  readonly file: string;
  readonly one: Partial<Environment>;
}

function load(path: string): Readonly<Record<string, unknown>> {
  return require(path);
}

/** The environments that a file exports, however they are declared. Other exports may be what environments share. */
export function environmentsIn(path: string): Partial<Environment>[] {
  return Object.values(load(path)).filter(
    (value): value is Partial<Environment> =>
      typeof value === "object" && value !== null && ("tier" in value || ("name" in value && "erp" in value)),
  );
}

/** Each environment of a file is named after the file, and listed. */
function fileFaults(exported: readonly Exported[], listed: readonly unknown[]): Fault[] {
  return exported.flatMap(({ file, one }) => [
    ...nameFaults(file, one),
    ...(listed.includes(one)
      ? []
      : [
          {
            place: `config/${file}`,
            rule: `must be listed by config/${list}`,
            remedy: "import it there and add it to the list, or delete the file",
          },
        ]),
  ]);
}

/** An environment must be named after its file: messages name the file after the environment. */
export function nameFaults(path: string, { name }: Partial<Environment>): Fault[] {
  const expected = basename(path, ".ts");
  if (typeof name !== "string" || name === expected) return [];
  return [
    {
      place: `config/${basename(path)}: name`,
      value: JSON.stringify(name),
      rule: `must be "${expected}", as the file`,
      remedy: "rename one of the two; an environment has a file of its own",
    },
  ];
}

/** Each environment of the list is in a file of its own. */
function ownerFaults(exported: readonly Exported[], listed: readonly unknown[]): Fault[] {
  return listed.flatMap((one, index) =>
    typeof one !== "object" || one === null || exported.some((other) => other.one === one)
      ? []
      : [
          {
            place: `config/${list}: [${index}]`,
            rule: "must be exported by a file of its own in config/, named after it",
            remedy: "move it to that file, and import it",
          },
        ],
  );
}
