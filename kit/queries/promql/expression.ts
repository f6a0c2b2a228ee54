import type { Names } from "../grouping";
import type { Matching } from "../join";
import type { Matcher } from "../matching";
import type { Span } from "../query-finding";

/** PromQL without what only orders or shifts (parentheses, signs, `offset`, `@`). */
export type Expression = Span &
  (
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "variable" }
    | { readonly kind: "selector"; readonly name?: string; readonly matchers: readonly Matcher[] }
    | {
        readonly kind: "range";
        readonly of: Expression;
        /** How far back it looks: seconds, or the variable that Grafana completes; absent where it is computed. */
        readonly length?: number | string;
        readonly subquery: boolean;
      }
    | { readonly kind: "call"; readonly name: string; readonly operands: readonly Expression[] }
    | {
        readonly kind: "aggregation";
        readonly operator: string;
        readonly without: boolean;
        readonly grouping?: Names;
        readonly operands: readonly Expression[];
      }
    | {
        readonly kind: "binary";
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
        readonly matching?: Matching;
      }
  );
