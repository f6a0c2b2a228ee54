import { secretKind } from "../secret-kind";
import type { SettingFinding } from "../setting-finding";

/** Secrets that stand in an environment themselves, wherever they stand. They would end up in git and in every artefact. */
export function secretLiterals(given: unknown, path: readonly PropertyKey[] = []): SettingFinding[] {
  if (typeof given === "string") {
    const kind = secretKind(given, String(path.findLast((key) => typeof key === "string") ?? ""));
    return kind ? [{ path, value: given, rule: `must not hold a secret, and looks like ${kind}`, remedy }] : [];
  }
  if (typeof given !== "object" || given === null) return [];
  const entries = Array.isArray(given) ? [...given.entries()] : Object.entries(given);
  return entries.flatMap(([key, value]) => secretLiterals(value, [...path, key]));
}

const remedy =
  "change it, since it has been written down; put the new one in a Secret, and name that Secret and its key";
