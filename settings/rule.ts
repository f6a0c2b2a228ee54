import type { Environment } from "./environment";
import { type SettingFinding, valueAt } from "./setting-finding";

/** What several parts of an environment must agree on. */
export interface Rule {
  /** Whose author must change something, such as `erp.api.scale`. */
  readonly at: string;
  /**
   * The other settings that the rule reads, as paths; the rule waits until nothing is wrong with them.
   * @default none
   */
  readonly reads?: readonly string[];
  readonly broken: (environment: Environment) => boolean;
  readonly rule: string;
  readonly remedy: string;
}

/** What the rules find in an environment of which some places are at fault already: a rule waits until all that it reads is sound. */
export function ruleFindings(
  rules: readonly Rule[],
  given: unknown,
  known: readonly SettingFinding[],
): SettingFinding[] {
  return rules
    .filter(({ at, reads = [] }) => isSound([at, ...reads], known))
    .filter(({ broken }) => broken(given as Environment))
    .map(({ at, rule, remedy }) => {
      const path = at.split(".");
      return { path, value: valueAt(given, path), rule, remedy };
    });
}

/** Whether nothing is wrong with these places, with what they are in, and with what is in them. */
export function isSound(places: readonly string[], known: readonly SettingFinding[]): boolean {
  return known.every(({ path }) => {
    const fault = `${path.join(".")}.`;
    return path.length > 0 && places.every((place) => !fault.startsWith(`${place}.`) && !`${place}.`.startsWith(fault));
  });
}
