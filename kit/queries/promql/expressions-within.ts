import { type Expression, parts } from "./expression";

/** The expression and all that it consists of, in the order of its text. */
export function expressionsWithin(expression: Expression): readonly Expression[] {
  return [expression, ...parts(expression).flatMap(expressionsWithin)];
}
