import type { TreeCursor } from "@lezer/common";
import type { QueryFinding, Span } from "./query-finding";

/** The first syntax error in a parser's tree. */
export function firstSyntaxError(cursor: TreeCursor): Span | undefined {
  do if (cursor.type.isError) return { from: cursor.from, to: cursor.to };
  while (cursor.next());
  return undefined;
}

/** The finding about a syntax error in a query, at the whole word in which a parser met it. */
export function syntaxFinding({ from }: Span, text: string, language: "PromQL" | "LogQL"): QueryFinding {
  const begun = text.slice(0, from).match(/\w*$/)?.[0] ?? "";
  const [, spaces = "", met = ""] = /^(\s*)(\w+|\S)?/.exec(text.slice(from)) ?? [];
  const word = spaces === "" && /^\w/.test(met) ? begun + met : met;
  const end = from + spaces.length + met.length;
  const span = { from: end - word.length, to: Math.max(end, from + 1) };
  if (word === "") return { ...span, rule: `not ${language}: the expression ends too early`, remedy: "complete it" };
  if (/^\d+[a-z]/i.test(word)) {
    const remedy = "write a number with the unit ms, s, m, h, d, w or y, such as `5m`";
    return { ...span, rule: `not ${language}: \`${word}\` is not a duration`, remedy };
  }
  return { ...span, rule: `not ${language}: unexpected \`${word}\``, remedy: "correct the syntax here" };
}
