import type { Names } from "../grouping";
import type { Matching } from "../join";
import type { Matcher } from "../matching";
import type { Span } from "../query-finding";

/** A PromQL expression without parentheses, signs and modifiers ( `offset`, `@`). */
export type Expression = Span &
  (
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "variable" }
    | {
        readonly kind: "selector";
        /** The name of the metric that the selector starts with. @default the selector consists of matchers only */
        readonly name?: string;
        readonly matchers: readonly Matcher[];
        /** Whether it has a name, or a matcher that no empty value satisfies. */
        readonly selective: boolean;
      }
    | {
        readonly kind: "range";
        readonly of: Expression;
        /**
         * The length of the range: seconds, or the variable that Grafana replaces. @default the length is computed
         */
        readonly length?: number | string;
        readonly subquery: boolean;
      }
    | { readonly kind: "call"; readonly name: string; readonly operands: readonly Expression[] }
    | {
        readonly kind: "aggregation";
        readonly operator: string;
        readonly without: boolean;
        /** The labels that follow `by` or `without`. @default the aggregation has no such clause */
        readonly grouping?: Names;
        readonly operands: readonly Expression[];
      }
    | {
        readonly kind: "binary";
        readonly operator: string;
        /** Whether a comparison yields 0 or 1 for each series, instead of filtering series. */
        readonly bool: boolean;
        readonly left: Expression;
        readonly right: Expression;
        /**
         * The clause with `on` or `ignoring` that determines which series of the two sides match.
         * @default series match if all their labels are equal
         */
        readonly matching?: Matching;
      }
  );

/** The direct parts of this expression, in order. */
export function parts(expression: Expression): readonly Expression[] {
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

/** An operator with its two operands. */
export type Operation = Expression & { readonly kind: "binary" };
