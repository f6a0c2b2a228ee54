import { type Expression, parts } from "./expression";

/** The expression and all expressions inside it, in the order of the text. */
export function expressionsWithin(expression: Expression): readonly Expression[] {
  return [expression, ...parts(expression).flatMap(expressionsWithin)];
}
