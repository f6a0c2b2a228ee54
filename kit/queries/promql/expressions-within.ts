import type { Expression } from "./expression";

/** The expression and all that it consists of, in the order of its text. */
export function expressionsWithin(expression: Expression): readonly Expression[] {
  return [expression, ...partsOf(expression).flatMap(expressionsWithin)];
}

/** The expressions that an expression directly consists of. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "range":
      return [expression.of];
    case "call":
    case "aggregation":
      return expression.operands;
    case "binary":
      return [expression.left, expression.right];
    default:
      return [];
  }
}
