import type { Environment } from "../settings/environment";

/** Makes a value of an environment only once, also for another environment with the same settings. */
export function onceForSettings<Value>(make: (environment: Environment) => Value): (environment: Environment) => Value {
  const made = new Map<string, Value>();
  return (environment) => {
    const settings = JSON.stringify(environment);
    const value = made.get(settings) ?? make(environment);
    made.set(settings, value);
    return value;
  };
}
