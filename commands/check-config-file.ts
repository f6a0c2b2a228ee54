import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Faults, mergeFaults, refuseAny } from "../faults";
import { validate } from "../settings/validate";
import { signals } from "../signals";
import { type Check, report } from "./checks";
import { CommandError } from "./command";

/**
 * Checks the environments that a file of `config/` exports, alone or in a list, and prints what is wrong with them.
 *
 * @throws {CommandError} when there is no such file, or it exports no environment.
 */
export function checkConfigFile(file: string): Check {
  if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  const environments = Object.values<unknown>(require(resolve(file)))
    .flat()
    .filter((exported) => typeof exported === "object");
  if (environments.length === 0) {
    throw new CommandError(
      `${file} exports no environment. Write it such as \`export const staging: Environment = { … }\`.`,
    );
  }
  try {
    const sound = validate(environments);
    refuseAny(mergeFaults(Object.fromEntries(sound.map((one) => [one.name, signals(one).faults]))));
    return report({ name: file, passed: true }, "");
  } catch (error) {
    if (!(error instanceof Faults)) throw error;
    return report({ name: file, passed: false }, new Faults(error.faults, "nothing was changed").message);
  }
}
