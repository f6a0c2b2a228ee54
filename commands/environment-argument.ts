import { environments } from "../config/environments";
import type { Environment } from "../settings/environment";
import { validate } from "../settings/validate";
import type { Given } from "./command";

/** The argument that most commands take. */
export const environmentArgument = { environment: environments.map(({ name }) => name) };

/**
 * The environment that was named.
 * @throws {Faults} with what is wrong in any of them.
 */
export function environmentOf(given: Given): Environment {
  const environment = validate(environments).find(({ name }) => name === given.environment);
  if (environment === undefined) throw new Error(`no environment ${given.environment}`);
  return environment;
}
