import { basename, resolve } from "node:path";
import { type Fault, Faults, mergeFaults, refuseAny } from "../faults";
import { environmentsIn, nameFaults, readEnvironments, teamsOf } from "../settings/load-environments";
import { loadTeamFiles, withTeamFiles } from "../settings/load-team-files";
import { loadingFault } from "../settings/loading-fault";
import { validate } from "../settings/validate";
import { signals } from "../signals";
import { type Check, report } from "./checks";
import { CommandError } from "./command";

/**
 * Checks the environments of a file of `config/`, and prints their faults. If the file is the list of environments,
 * checks the list and every file.
 *
 * @throws {CommandError} when the file is not in `config/`.
 */
export function checkConfigFile(file: string): Check {
  const path = resolve(file);
  if (resolve(path, "..") !== resolve("config") || !path.endsWith(".ts")) {
    throw new CommandError(`${file} is not a file of config/, such as config/<environment>.ts.`);
  }
  const faults = basename(path) === "environments.ts" ? listFaults() : environmentFaults(path);
  const passed = faults.length === 0;
  return report({ name: file, passed }, passed ? "" : new Faults(faults, "nothing was changed").message);
}

function listFaults(): readonly Fault[] {
  const { environments, faults } = readEnvironments();
  return faults.length > 0 ? faults : settingFaults(environments);
}

function environmentFaults(path: string): readonly Fault[] {
  try {
    const environments = environmentsIn(path);
    const misnamed = environments.flatMap((one) => nameFaults(path, one));
    // Folders of teams that only other environments name are no fault of this file.
    const { files } = loadTeamFiles(resolve("config"), teamsOf(environments));
    return [...misnamed, ...settingFaults(environments.map((one) => withTeamFiles(one, files)))];
  } catch (error) {
    return [loadingFault(error, resolve("config"))];
  }
}

function settingFaults(given: readonly unknown[]): readonly Fault[] {
  try {
    const environments = validate(given);
    refuseAny(mergeFaults(Object.fromEntries(environments.map((one) => [one.name, signals(one).faults]))));
    return [];
  } catch (error) {
    if (!(error instanceof Faults)) throw error;
    return error.faults;
  }
}
