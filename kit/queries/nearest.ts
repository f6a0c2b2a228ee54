import { closest, distance } from "fastest-levenshtein";

/** The known name that was most likely meant, if one is close enough to say so: one slip for every three letters. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(given, known);
  return distance(given, candidate) <= Math.max(1, Math.floor(given.length / 3)) ? candidate : undefined;
}
