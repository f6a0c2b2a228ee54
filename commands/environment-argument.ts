import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { validate } from "../settings/validate";
import { CommandError, type Given } from "./command";

/** The argument that most commands take. */
export const environmentArgument = { environment: () => loadEnvironments().map((one) => String(one?.name)) };

/**
 * The environment that was named.
 * @throws {Faults} with what is wrong in any of them.
 * @throws {CommandError} when there is none of this name.
 */
export function environmentOf(given: Given): Environment {
  const environments = validate(loadEnvironments());
  const environment = environments.find(({ name }) => name === given.environment);
  if (environment === undefined) {
    const known = environments.map(({ name }) => name).join(", ");
    throw new CommandError(`There is no environment ${given.environment}. There are: ${known}.`);
  }
  return environment;
}
