import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { validate } from "../settings/validate";
import type { Given } from "./command";

/** The argument that most commands take. */
export const environmentArgument = { environment: () => loadEnvironments().map((one) => String(one?.name)) };

/**
 * The environment that was named.
 * @throws {Faults} with what is wrong in any of them.
 */
export function environmentOf(given: Given): Environment {
  const environment = validate(loadEnvironments()).find(({ name }) => name === given.environment);
  if (environment === undefined) throw new Error(`no environment ${given.environment}`);
  return environment;
}
