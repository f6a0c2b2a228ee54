import type { Environment } from "./environment";
import { isSound } from "./rule";
import { type SettingFinding, valueAt } from "./setting-finding";

/** A setting whose values only one environment may have. */
export interface UniqueValue {
  /** Path of the setting. */
  readonly at: string;
  /**
   * The other settings that `claims` reads, as paths; it is not called until nothing is wrong with them.
   * @default none
   */
  readonly reads?: readonly string[];
  /** The values, each of which may appear once among all environments. */
  readonly claims: (environment: Environment) => readonly string[];
  readonly rule: string;
  readonly remedy: string;
}

/** Something that claims to be an environment, and what is known to be wrong with it. */
export interface Candidate {
  readonly given: unknown;
  readonly findings: readonly SettingFinding[];
}

/** For each environment, the values that an earlier one has too, or that it has twice. */
export function uniqueValueFindings(
  uniqueValues: readonly UniqueValue[],
  candidates: readonly Candidate[],
): readonly SettingFinding[][] {
  const owners = new Map<string, unknown>();
  return candidates.map(({ given, findings }) =>
    uniqueValues
      .filter(({ at, reads = [] }) => isSound([at, ...reads], findings))
      .flatMap(({ at, claims, rule, remedy }) =>
        claims(given as Environment).flatMap((value) => {
          const claim = `${at} ${value}`;
          const name = valueAt(given, ["name"]);
          if (!owners.has(claim)) {
            owners.set(claim, name);
            return [];
          }
          const owner = owners.get(claim);
          const other = owner === name ? "" : `config/${owner}.ts has the same: `;
          return [{ path: at.split("."), value, rule, remedy: other + remedy }];
        }),
      ),
  );
}
