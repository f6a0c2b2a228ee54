import type { Environment } from "./environment";
import { type SettingFinding, valueAt } from "./setting-finding";

/** A rule about several settings of an environment. */
export interface Rule {
  /** Path of the setting to change, such as `erp.api.scale`. */
  readonly at: string;
  /**
   * The other settings that the rule reads, as paths. The rule is skipped while any of them has a fault.
   * @default none
   */
  readonly reads?: readonly string[];
  /** Returns whether the rule is broken, or the paths below `at` at which it is. */
  readonly broken: (environment: Environment) => boolean | readonly string[];
  /** The rule, or how it is stated for the values of an environment. */
  readonly rule: string | ((environment: Environment) => string);
  readonly remedy: string;
}

/**
 * Findings of the rules in an environment with known findings. A rule is skipped if a setting that it reads has a
 * finding.
 */
export function ruleFindings(
  rules: readonly Rule[],
  given: unknown,
  known: readonly SettingFinding[],
): SettingFinding[] {
  return rules
    .filter(({ at, reads = [] }) => isSound([at, ...reads], known))
    .flatMap(({ at, broken, rule, remedy }) => {
      const stated = typeof rule === "string" ? rule : rule(given as Environment);
      return brokenPlaces(at, broken(given as Environment)).map((place) => {
        const path = place.split(".");
        return { path, value: valueAt(given, path), rule: stated, remedy };
      });
    });
}

function brokenPlaces(at: string, broken: boolean | readonly string[]): readonly string[] {
  if (typeof broken === "boolean") return broken ? [at] : [];
  return broken.map((below) => `${at}.${below}`);
}

/** Whether these settings, their parents and their children have no findings. */
export function isSound(places: readonly string[], known: readonly SettingFinding[]): boolean {
  return known.every(({ path }) => {
    const fault = `${path.join(".")}.`;
    return path.length > 0 && places.every((place) => !fault.startsWith(`${place}.`) && !`${place}.`.startsWith(fault));
  });
}
