import type { Tree } from "@lezer/common";
import type { Span } from "./query-finding";
import { firstSyntaxError } from "./syntax-error";

const strings = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/;
const variable = /\$\{\w+(?::\w+)?\}|\$\w+|\[\[\w+(?::\w+)?\]\]/;

/** A value that Grafana inserts when it draws the panel. */
export function hasVariable(text: string): boolean {
  return variable.test(text);
}

/** An operator or a function that Grafana inserts: its effect is unknown. */
export const anyOperator = "a variable";

/** An expression with its variables replaced by text of the same length that the grammar accepts, and its tree. */
export interface Completed {
  readonly text: string;
  /** Places of the variables outside strings. */
  readonly variables: readonly Span[];
  readonly tree: Tree;
}

/**
 * Replaces Grafana's variables (`$__rate_interval`, `${job:regex}`) outside strings. Most are names or durations. For
 * others, the function chooses the replacement with which the parser reads furthest.
 */
export function completeVariables(written: string, parse: (text: string) => Tree): Completed {
  const variables: Span[] = [];
  const pattern = new RegExp(`${strings.source}|(${variable.source})`, "g");
  const guess = written.replace(pattern, (match: string, found: string | undefined, from: number) => {
    if (found === undefined) return match;
    const to = from + match.length;
    variables.push({ from, to });
    return nameOrDuration(written.slice(0, from), match.length, written.slice(to));
  });
  const first = { text: guess, tree: parse(guess) };
  return { ...variables.reduce((best, span) => improve(best, span, parse), first), variables };
}

function nameOrDuration(before: string, length: number, after: string): string {
  if (!/([[:]|\boffset\s)\s*-?\s*$/.test(before)) return "_".repeat(length);
  return /^[a-z]/.test(after) ? "1".padStart(length, "0") : `${"1".padStart(length - 1, "0")}m`;
}

type Reading = Omit<Completed, "variables">;

function improve(best: Reading, { from, to }: Span, parse: (text: string) => Tree): Reading {
  if (errorAt(best) === Number.POSITIVE_INFINITY) return best;
  return standIns(to - from).reduce((best, standIn) => {
    const text = best.text.slice(0, from) + standIn + best.text.slice(to);
    const reading = { text, tree: parse(text) };
    return errorAt(reading) > errorAt(best) ? reading : best;
  }, best);
}

function errorAt({ tree }: Reading): number {
  return firstSyntaxError(tree.cursor())?.from ?? Number.POSITIVE_INFINITY;
}

/** A number, a string, functions of values and of ranges, and an operator, which is last because a sign could be anywhere. */
function standIns(length: number): string[] {
  const words = ["ln", "sum", "rate", "+"].filter((word) => word.length <= length);
  return ["1".padStart(length, "0"), `"${"_".repeat(length - 2)}"`, ...words.map((word) => word.padEnd(length))];
}
