import fc from "fast-check";
import type { Environment } from "../../settings/environment";
import { deployedOutput } from "./deployed-output";
import { settingFaults } from "./properties";
import { replaceAt, type Setting, settingName } from "./settings-in";
import { bases, valuesOf } from "./valid-environments";

/** Number of values of a setting that are tried in one fixture environment. */
const trials = 8;

/** The settings of which no other value changes the output, and those of which no other value is accepted. */
export function changelessSettings(): { readonly changeless: readonly string[]; readonly fixed: readonly string[] } {
  const changing = new Set<string>();
  const tried = new Set<string>();
  const given = new Set<string>();
  for (const { environment, settings } of bases) {
    const output = deployedOutput(environment);
    for (const setting of settings.filter(isChangeable)) {
      const name = settingName(setting.path);
      given.add(name);
      if (changing.has(name)) continue;
      const others = otherValues(environment, setting);
      if (others.length > 0) tried.add(name);
      if (others.some((other) => deployedOutput(other) !== output)) changing.add(name);
    }
  }
  return {
    changeless: [...tried].filter((name) => !changing.has(name)).sort(),
    fixed: [...given].filter((name) => !tried.has(name)).sort(),
  };
}

/** Whether the setting is a text, a number or a choice that the environment makes. */
function isChangeable({ schema, value }: Setting): boolean {
  return value !== undefined && typeof value !== "object" && schema._zod.def.type !== "literal";
}

/** Accepted environments in which the setting has another value. */
function otherValues(environment: Environment, { path, schema, value }: Setting): readonly Environment[] {
  const generated = fc.sample(valuesOf(schema), { numRuns: trials, seed: 1 });
  // Other settings bound many numbers, so that only a value near the given one is accepted.
  const near = typeof value === "number" ? [value - 1, value + 1, 2 * value] : [];
  const others = new Set([...near, ...generated].filter((other) => other !== value));
  return [...others]
    .map((other) => replaceAt(environment, path, other))
    .filter((changed) => settingFaults(changed).length === 0) as readonly Environment[];
}
