import { Faults } from "../../faults";
import type { Environment } from "../../settings/environment";
import { validate } from "../../settings/validate";

/** Changed values of an environment, by path; `undefined` leaves the key out. */
export type Change = Readonly<Record<string, unknown>>;

/** An environment in which something is changed, of whatever type: what people write is not checked by a compiler. */
export function changeSettings(environment: Environment, change: Change): unknown {
  const copy = structuredClone(environment);
  for (const [path, value] of Object.entries(change)) {
    const keys = path.split(".");
    const last = keys.pop() as string;
    const parent = keys.reduce<Record<string, unknown>>(
      (held, key) => held[key] as Record<string, unknown>,
      copy as Record<string, unknown>,
    );
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

/** The message with which environments are refused; nothing where they are accepted. */
export function refusal(...environments: readonly unknown[]): string | undefined {
  try {
    validate(environments);
    return undefined;
  } catch (error) {
    if (error instanceof Faults) return error.message;
    throw error;
  }
}

/** Paths of everything that an environment holds, as `changed` takes them. */
export function paths(held: unknown, parent = ""): readonly string[] {
  if (typeof held !== "object" || held === null) return [];
  return Object.entries(held).flatMap(([key, value]) => {
    const path = parent === "" ? key : `${parent}.${key}`;
    return [path, ...paths(value, path)];
  });
}
