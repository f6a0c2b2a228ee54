import { closest, distance } from "fastest-levenshtein";

/** The known name that was most likely meant, if one is close enough to say so: one slip for every three letters. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name, known);
  return distance(name, candidate) <= Math.max(1, Math.floor(name.length / 3)) ? candidate : undefined;
}
