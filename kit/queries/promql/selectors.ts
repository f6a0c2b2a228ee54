import type { Expression } from "./expression";
import { parsePromql } from "./parse-promql";

export interface Selector {
  /** The name of the metric that the selector starts with. @default the selector consists of matchers only */
  readonly name?: string;
  /** As it stands in the expression: `up{job="redis"}`. */
  readonly text: string;
}

/** Every series selector of an expression, in its order; none when it is not PromQL. */
export function selectors(text: string): readonly Selector[] {
  const root = parsePromql(text, () => undefined);
  return root ? selectorsIn(root, text) : [];
}

function selectorsIn(expression: Expression, text: string): Selector[] {
  const within = (one: Expression) => selectorsIn(one, text);
  switch (expression.kind) {
    case "selector":
      return [
        {
          ...(expression.name !== undefined && { name: expression.name }),
          text: text.slice(expression.from, expression.to),
        },
      ];
    case "range":
      return within(expression.of);
    case "call":
    case "aggregation":
      return expression.operands.flatMap(within);
    case "binary":
      return [expression.left, expression.right].flatMap(within);
    default:
      return [];
  }
}
