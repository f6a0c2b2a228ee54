import type { SettingFinding } from "../setting-finding";

/**
 * Findings for texts that begin or end with white space, or that contain characters that nobody sees. Programs compare
 * such texts with others, and find them different: a context with a space at its end counts as another cluster.
 */
export function unseenCharacters(given: unknown, path: readonly PropertyKey[] = []): SettingFinding[] {
  if (typeof given === "string") {
    if (atEnds.test(given)) {
      return [
        {
          path,
          value: given,
          rule: "must not begin or end with white space or with an invisible character",
          remedy: "remove it",
        },
      ];
    }
    return inside.test(given)
      ? [
          {
            path,
            value: given,
            rule: "must not contain invisible characters",
            remedy: "remove them, or type the text again",
          },
        ]
      : [];
  }
  if (typeof given !== "object" || given === null) return [];
  const entries = Array.isArray(given) ? [...given.entries()] : Object.entries(given);
  return entries.flatMap(([key, value]) => unseenCharacters(value, [...path, key]));
}

const atEnds = /^[\s\p{C}\p{Z}]|[\s\p{C}\p{Z}]$/u;

/** Control characters except tabs and line breaks, characters without width, and those that change the direction. */
const inside = /[^\P{Cc}\t\n\r]|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
