import type { Environment } from "./environment";
import { isSound } from "./rule";
import { type SettingFinding, valueAt } from "./setting-finding";

/** A setting whose values must be unique among all environments. */
export interface UniqueValue {
  /** Path of the setting. */
  readonly at: string;
  /**
   * The other settings that `claims` reads, as paths. `claims` is not called while any of them has a finding.
   * @default none
   */
  readonly reads?: readonly string[];
  /** Returns the values of an environment, each of which must be unique. */
  readonly claims: (environment: Environment) => readonly string[];
  readonly rule: string;
  readonly remedy: string;
}

/** A value that should be an environment, and its findings. */
export interface Candidate {
  readonly given: unknown;
  readonly findings: readonly SettingFinding[];
}

/** Findings of each environment for values that an earlier environment also has, or that it has twice. */
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
          const other = owner === name ? "" : `config/${owner}.ts has the same value: `;
          return [{ path: at.split("."), value, rule, remedy: other + remedy }];
        }),
      ),
  );
}
