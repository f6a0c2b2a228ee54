import type { Span } from "./query-finding";

const strings = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/;
const variable = /\$\{\w+(?::\w+)?\}|\$\w+|\[\[\w+(?::\w+)?\]\]/;

/** A value that Grafana completes when the panel is drawn. */
export function hasVariable(text: string): boolean {
  return variable.test(text);
}

/**
 * The expression with Grafana's variables (`$__rate_interval`, `${job:regex}`) replaced by text of the same length that
 * the grammar accepts, and where they stood. Those inside strings stay.
 */
export function replaceVariables(text: string): { readonly text: string; readonly variables: readonly Span[] } {
  const variables: Span[] = [];
  const pattern = new RegExp(`${strings.source}|(${variable.source})`, "g");
  const plain = text.replace(pattern, (match: string, found: string | undefined, from: number) => {
    if (found === undefined) return match;
    const to = from + match.length;
    variables.push({ from, to });
    return placeholder(text.slice(0, from), match.length, text.slice(to));
  });
  return { text: plain, variables };
}

function placeholder(before: string, length: number, after: string): string {
  if (!/([[:]|\boffset\s)\s*-?\s*$/.test(before)) return "_".repeat(length);
  return /^[a-z]/.test(after) ? "1".padStart(length, "0") : `${"1".padStart(length - 1, "0")}m`;
}
