import { type Expression, parts } from "./expression";
import { parsePromql } from "./parse-promql";
import { type Selector, selectorsIn } from "./selectors";

/** What an aggregation makes one series of. */
export interface Aggregation {
  readonly operator: string;
  /** Whether series that differ in this label alone become one. */
  drops(label: string): boolean;
  readonly selectors: readonly Selector[];
  /** Those whose values make up the size of what is aggregated; the others divide it, or decide whether it counts. */
  readonly sizing: readonly Selector[];
  /** Whether the whole expression becomes smaller as this becomes larger, because it is subtracted or divides. */
  readonly inverse: boolean;
}

/** Every aggregation of an expression, each after those within it; none when it is not PromQL. */
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
