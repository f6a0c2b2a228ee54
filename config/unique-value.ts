import type { Environment } from "./environment";
import { isSound } from "./rule";
import type { SettingFinding } from "./setting-finding";

/** What must be one environment's alone. */
export interface UniqueValue {
  /** Where it is said. */
  readonly at: string;
  /**
   * The other settings that `claims` reads, as paths; it is not called until nothing is wrong with them.
   * @default none
   */
  readonly reads?: readonly string[];
  /** Each of these may be said once among all environments. */
  readonly claims: (environment: Environment) => readonly string[];
  readonly rule: string;
  readonly remedy: string;
}

/** Something that claims to be an environment, and what is known to be wrong with it. */
export interface Candidate {
  readonly given: unknown;
  readonly findings: readonly SettingFinding[];
}

/** For each environment, what an earlier one has claimed before it. */
export function uniqueValueFindings(
  uniqueValues: readonly UniqueValue[],
  candidates: readonly Candidate[],
): readonly SettingFinding[][] {
  const claimed = new Set<string>();
  return candidates.map(({ given, findings }) =>
    uniqueValues
      .filter(({ at, reads = [] }) => isSound([at, ...reads], findings))
      .flatMap(({ at, claims, rule, remedy }) =>
        claims(given as Environment).flatMap((value) => {
          const claim = `${at} ${value}`;
          if (!claimed.has(claim)) {
            claimed.add(claim);
            return [];
          }
          return [{ path: at.split("."), value, rule, remedy }];
        }),
      ),
  );
}
