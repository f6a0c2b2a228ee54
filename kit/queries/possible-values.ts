import { matchedTexts, matchesWhole } from "./regular-expression";
import type { Label } from "./series";

/** How strictly matchers are judged. */
export interface Judging {
  /** Whether other people wrote the query: then only matchers that can never match are reported. @default false */
  readonly foreign?: boolean;
}

/** The label is neither closed nor open: a matcher on it cannot be checked. */
export function isUndeclared(label: Label | undefined): boolean {
  return label !== undefined && !label.values && label.pattern === undefined && label.open === undefined;
}

interface Comparison extends Judging {
  readonly matches: (value: string) => boolean;
  readonly regex: boolean;
}

/** Whether a value that the label can have, or that a query may name, may match this part of a matcher. */
export function canMatch(label: Label, part: string, { matches, regex, foreign = false }: Comparison): boolean {
  if (label.open !== undefined && (foreign || !label.named)) return true;
  // Prometheus treats a label with an empty value as missing.
  if ((label.optional || label.open !== undefined) && matches("")) return true;
  const listed = listedValues(label);
  if (listed) return listed.some(matches);
  return regex || label.pattern === undefined || matchesWhole(label.pattern)(part);
}

/** The values that the label can have, or that a query may name; undefined if they cannot be listed. */
export function listedValues({ values, pattern, named }: Label): readonly string[] | undefined {
  return values ?? (pattern === undefined ? named : matchedTexts(pattern));
}
