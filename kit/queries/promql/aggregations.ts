import { type Expression, parts } from "./expression";
import { parsePromql } from "./parse-promql";
import { type Selector, selectorsIn } from "./selectors";

/** An aggregation with the series that it reads. */
export interface Aggregation {
  readonly operator: string;
  /** Whether series that differ only in this label become one. */
  drops(label: string): boolean;
  readonly selectors: readonly Selector[];
  /** Selectors whose values determine the size of the result; the others divide it, or filter it. */
  readonly sizing: readonly Selector[];
  /** Whether a larger value makes the whole expression smaller, because it is subtracted or a divisor. */
  readonly inverse: boolean;
}

/** Every aggregation of an expression, each after those inside it; none if it is not PromQL. */
export function aggregations(text: string): readonly Aggregation[] {
  const root = parsePromql(text, () => undefined);
  return root ? aggregationsIn(root, text, false) : [];
}

function aggregationsIn(expression: Expression, text: string, inverse: boolean): Aggregation[] {
  const within = parts(expression).flatMap((part) =>
    aggregationsIn(part, text, inverse !== isInverted(expression, part)),
  );
  if (expression.kind !== "aggregation") return within;
  const { operator, without, grouping } = expression;
  const listed = grouping?.labels.map(({ name }) => name) ?? [];
  return [
    ...within,
    {
      operator,
      drops: (label) => (without ? listed.includes(label) : !listed.includes(label)),
      selectors: selectorsIn(expression, text),
      sizing: sizing(expression, text),
      inverse,
    },
  ];
}

function isInverted(whole: Expression, part: Expression): boolean {
  return whole.kind === "binary" && /^[-/]$/.test(whole.operator) && whole.right === part;
}

function sizing(expression: Expression, text: string): readonly Selector[] {
  if (expression.kind === "selector") return selectorsIn(expression, text);
  const leftOnly = expression.kind === "binary" && !/^([-+]|or)$/.test(expression.operator);
  const sized = leftOnly ? [expression.left] : parts(expression);
  return sized.flatMap((part) => sizing(part, text));
}
