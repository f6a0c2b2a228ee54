import { Faults } from "../../faults";
import type { Environment } from "../../settings/environment";
import { validate } from "../../settings/validate";

/** Changed values of an environment, by path; `undefined` leaves the key out. */
export type Change = Readonly<Record<string, unknown>>;

/** An environment with changed values of any type, because the compiler does not check what people write. */
export function changeSettings(environment: Environment, change: Change): unknown {
  const copy = structuredClone(environment);
  for (const [path, value] of Object.entries(change)) {
    const keys = path.split(".");
    const last = keys.pop() as string;
    const parent = keys.reduce<Record<string, unknown>>(
      (value, key) => value[key] as Record<string, unknown>,
      copy as Record<string, unknown>,
    );
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

/** The message with which environments are refused, or undefined if they are accepted. */
export function refusal(...environments: readonly unknown[]): string | undefined {
  try {
    validate(environments);
    return undefined;
  } catch (error) {
    if (error instanceof Faults) return error.message;
    throw error;
  }
}

/** Paths of all values in an environment, as `changed` takes them. */
export function paths(value: unknown, parent = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, value]) => {
    const path = parent === "" ? key : `${parent}.${key}`;
    return [path, ...paths(value, path)];
  });
}
