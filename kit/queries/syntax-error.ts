import type { TreeCursor } from "@lezer/common";
import type { Span } from "./query-finding";

/** The first syntax error in a parser's tree. */
export function firstSyntaxError(cursor: TreeCursor): Span | undefined {
  do if (cursor.type.isError) return { from: cursor.from, to: cursor.to };
  while (cursor.next());
  return undefined;
}

/** Description of the text at the error. */
export function describeSyntaxError({ from }: Span, text: string): string {
  const met = text.slice(from).match(/^\s*(\w+|\S)/)?.[1];
  return met ? `unexpected ${met}` : "the expression ends too early";
}
