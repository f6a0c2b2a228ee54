import type { Fault } from "../../faults";

/** A range of an expression's text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A finding in a range of an expression's text. */
export interface QueryFinding extends Span {
  readonly rule: string;
  readonly remedy: string;
}

export type Report = (at: Span, rule: string, remedy: string) => void;

/** The finding as a fault of the rule or panel at `place`, with the expression and a caret under the range. */
export function queryFault(place: string, expression: string, { from, to, rule, remedy }: QueryFinding): Fault {
  const start = Math.max(0, Math.min(from - 40, expression.length - 110));
  const excerpt = expression.slice(start, start + 110).replace(/\s/g, " ");
  const before = start > 0 ? "…" : "";
  const after = start + 110 < expression.length ? "…" : "";
  const caret = "^".repeat(Math.max(1, Math.min(to, start + 110) - from));
  const indent = " ".repeat(4);
  return {
    place,
    rule: [rule, indent + before + excerpt + after, indent + " ".repeat(before.length + from - start) + caret].join(
      "\n",
    ),
    remedy,
  };
}
