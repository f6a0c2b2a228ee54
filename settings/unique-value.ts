import type { Environment } from "./environment";
import { isSound } from "./rule";
import { type SettingFinding, valueAt } from "./setting-finding";

/** A setting whose values must be unique among all environments. */
export interface UniqueValue {
  /** Path of the setting. */
  readonly at: string;
  /**
   * The other settings that `claims` and `taken` read, as paths. Neither is called while any of them has a finding.
   * @default none
   */
  readonly reads?: readonly string[];
  /** Returns the values of an environment, each of which must be unique. */
  readonly claims: (environment: Environment) => readonly string[];
  /**
   * Returns the values of an environment for another purpose, which no other environment may claim. Several environments
   * may share them.
   * @default the values that an environment claims
   */
  readonly taken?: (environment: Environment) => readonly string[];
  readonly rule: string;
  readonly remedy: string;
}

/** A value that should be an environment, and its findings. */
export interface Candidate {
  readonly given: unknown;
  readonly findings: readonly SettingFinding[];
}

/** Findings of each environment for values that another environment also has, or that it has twice. */
export function uniqueValueFindings(
  uniqueValues: readonly UniqueValue[],
  candidates: readonly Candidate[],
): readonly SettingFinding[][] {
  const found: SettingFinding[][] = candidates.map(() => []);
  for (const unique of uniqueValues) {
    const sound = [...candidates.entries()].filter(([, { findings }]) =>
      isSound([unique.at, ...(unique.reads ?? [])], findings),
    );
    for (const { index, value, owner } of unique.taken ? takenByOthers(unique, sound) : claimedTwice(unique, sound)) {
      const name = valueAt(candidates[owner]?.given, ["name"]);
      const other =
        name === valueAt(candidates[index]?.given, ["name"]) ? "" : `config/${name}.ts has the same value: `;
      found[index]?.push({ path: unique.at.split("."), value, rule: unique.rule, remedy: other + unique.remedy });
    }
  }
  return found;
}

type Sound = readonly (readonly [index: number, candidate: Candidate])[];

/** A value of an environment, by its index, that another one has. */
interface Collision {
  readonly index: number;
  readonly value: string;
  readonly owner: number;
}

function claimedTwice({ claims }: UniqueValue, sound: Sound): readonly Collision[] {
  const owners = new Map<string, number>();
  return sound.flatMap(([index, { given }]) =>
    claims(given as Environment).flatMap((value) => {
      const owner = owners.get(value);
      if (owner !== undefined) return [{ index, value, owner }];
      owners.set(value, index);
      return [];
    }),
  );
}

function takenByOthers({ claims, taken }: UniqueValue, sound: Sound): readonly Collision[] {
  return sound.flatMap(([index, { given }]) =>
    claims(given as Environment).flatMap((value) => {
      const other = sound.find(
        ([owner, candidate]) => owner !== index && taken?.(candidate.given as Environment).includes(value),
      );
      return other === undefined ? [] : [{ index, value, owner: other[0] }];
    }),
  );
}
