import { closest, distance } from "fastest-levenshtein";

/** The most similar known name, if it is similar enough: at most one difference for every three letters. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name, known);
  return distance(name, candidate) <= Math.max(1, Math.floor(name.length / 3)) ? candidate : undefined;
}
