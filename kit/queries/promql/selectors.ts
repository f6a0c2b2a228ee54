import { expressionsWithin } from "./expressions-within";
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
  return (root ? expressionsWithin(root) : []).flatMap((expression) => {
    if (expression.kind !== "selector") return [];
    const { name, from, to } = expression;
    return [{ ...(name !== undefined && { name }), text: text.slice(from, to) }];
  });
}
