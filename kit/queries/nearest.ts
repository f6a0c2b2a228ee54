import { closest, distance } from "fastest-levenshtein";

/**
 * The most similar known name, if it is similar enough: at most one difference for every three letters. Two letters in the
 * wrong order are one difference.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const swapped = known.find((one) => isSwapped(name, one));
  if (swapped !== undefined) return swapped;
  const candidate = closest(name, known);
  return distance(name, candidate) <= Math.max(1, Math.floor(name.length / 3)) ? candidate : undefined;
}

/** Whether two names differ only in the order of two neighbouring letters. */
function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const first = [...one].findIndex((letter, index) => letter !== other[index]);
  return (
    one[first] === other[first + 1] &&
    one[first + 1] === other[first] &&
    one.slice(first + 2) === other.slice(first + 2)
  );
}
