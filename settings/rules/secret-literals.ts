import { secretKind } from "../secret-kind";
import type { SettingFinding } from "../setting-finding";

/** Findings for secrets in the settings themselves. They would end up in git and in every artefact. */
export function secretLiterals(given: unknown, path: readonly PropertyKey[] = []): SettingFinding[] {
  if (typeof given === "string") {
    const kind = secretKind(given, String(path.findLast((key) => typeof key === "string") ?? ""));
    return kind ? [{ path, value: given, rule: `must not contain a secret, but looks like ${kind}`, remedy }] : [];
  }
  if (typeof given !== "object" || given === null) return [];
  const entries = Array.isArray(given) ? [...given.entries()] : Object.entries(given);
  return entries.flatMap(([key, value]) => secretLiterals(value, [...path, key]));
}

const remedy =
  "revoke this secret, because it has been written to a file; store a new one in a Kubernetes Secret, and set the name and key of that Secret";
