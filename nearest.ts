import { closest, distance } from "fastest-levenshtein";

/** The known name that was most likely meant, if one is close enough to say so: two slips, or one for every three letters. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(given, known);
  const slips = distance(given, candidate);
  return slips < given.length && slips <= Math.max(2, given.length / 3) ? candidate : undefined;
}
