import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { validate } from "../settings/validate";
import { CommandError, type Given } from "./command";

/** The argument with the name of an environment, which most commands take. */
export const environmentArgument = { environment: () => loadEnvironments().map((one) => String(one?.name)) };

/**
 * All environments.
 * @throws {Faults} with the faults of all environments.
 */
export function validEnvironments(): readonly Environment[] {
  return validate(loadEnvironments());
}

/**
 * The environment that the argument names, or the first one if it names none.
 * @throws {Faults} with the faults of all environments.
 * @throws {CommandError} when no environment has this name.
 */
export function environmentOf(given: Given): Environment {
  const environments = validEnvironments();
  const [first] = environments;
  const environment = environments.find(({ name }) => name === (given.environment ?? first?.name));
  if (environment === undefined) {
    const known = environments.map(({ name }) => name).join(", ");
    throw new CommandError(`There is no environment ${given.environment}. The environments are: ${known}.`);
  }
  return environment;
}
