import type { Expression } from "./expression";
import { parsed } from "./parse";

/** Names of the metrics that an expression reads; none when it is not PromQL. */
export function metricNames(text: string): ReadonlySet<string> {
  const root = parsed(text, () => undefined);
  return new Set(root ? namesIn(root) : []);
}

function namesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case "selector":
      return expression.name === undefined ? [] : [expression.name];
    case "range":
      return namesIn(expression.of);
    case "call":
    case "aggregation":
      return expression.operands.flatMap(namesIn);
    case "binary":
      return [expression.left, expression.right].flatMap(namesIn);
    default:
      return [];
  }
}
