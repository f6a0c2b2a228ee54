import { type Fault, refuseAny } from "../faults";
import { type Environment, environment } from "./environment";

/**
 * The environments, when nothing is wrong with any of them.
 * @throws {Faults} with everything that is wrong, in all of them at once.
 */
export function validated(given: readonly Environment[]): readonly Environment[] {
  refuseAny(given.flatMap(faultsOf));
  return given;
}

function faultsOf(given: Environment): Fault[] {
  const { error } = environment.safeParse(given);
  return (error?.issues ?? []).map(({ path, message }) => {
    const [rule = message, remedy = ""] = message.split("\n");
    return { place: `config/${given.name}.ts: ${path.join(".")}`, rule, remedy };
  });
}
