import type { Expression } from "../../queries/promql/expression";
import type { Series } from "../../queries/series";
import { aggregated, type Place, seriesAt } from "./place";

/** Whether every value of the expression is a number of at least 0; a quotient may be NaN. */
export function isNeverNegative(expression: Expression | undefined, place: Place): boolean {
  const same = (...others: (Expression | undefined)[]) => others.every((other) => isNeverNegative(other, place));
  switch (expression?.kind) {
    case "number":
      return expression.value >= 0;
    case "selector":
      // Seconds may be an offset, which can be negative.
      return everySeries(
        expression,
        place,
        ({ kind, unit }) => kind === "counter" || !/^(undefined|seconds)$/.test(`${unit}`),
      );
    case "range":
      return same(expression.of);
    case "call":
      if (/^(rate|irate|increase|abs|changes|resets|(count|present|absent)_over_time|absent)$/.test(expression.name))
        return true;
      return (
        /^((sum|avg|min|max|first|last)_over_time|label_\w+|ceil|floor|round)$/.test(expression.name) &&
        same(expression.operands[0])
      );
    case "aggregation":
      return (
        /^(count|group)$/.test(expression.operator) ||
        (/^(sum|avg|max|min)$/.test(expression.operator) && same(aggregated(expression)))
      );
    case "binary":
      if (keepsLeft(expression)) return same(expression.left);
      if (/^(or|[+*])$/.test(expression.operator)) return same(expression.left, expression.right);
      return (
        expression.operator === "/" &&
        expression.right.kind === "number" &&
        expression.right.value > 0 &&
        same(expression.left)
      );
    default:
      return false;
  }
}

/** Whether every value of the expression is a whole number, such as a count without extrapolation or averages. */
export function isWhole(expression: Expression | undefined, place: Place): boolean {
  const same = (...others: (Expression | undefined)[]) => others.every((other) => isWhole(other, place));
  switch (expression?.kind) {
    case "number":
      return Number.isInteger(expression.value);
    case "selector":
      return everySeries(expression, place, ({ unit }) => unit === "count" || unit === "flag");
    case "range":
      return same(expression.of);
    case "call":
      if (/^(count_over_time|changes|resets)$/.test(expression.name)) return true;
      return /^((sum|min|max|first|last)_over_time|label_\w+)$/.test(expression.name) && same(expression.operands[0]);
    case "aggregation":
      return (
        /^(count|group)$/.test(expression.operator) ||
        (/^(sum|max|min)$/.test(expression.operator) && same(aggregated(expression)))
      );
    case "binary":
      if (keepsLeft(expression)) return same(expression.left);
      return /^(or|[-+*])$/.test(expression.operator) && same(expression.left, expression.right);
    default:
      return false;
  }
}

/** Whether every value of the expression is 0 or 1. */
export function isFlag(expression: Expression | undefined, place: Place): boolean {
  const same = (...others: (Expression | undefined)[]) => others.every((other) => isFlag(other, place));
  switch (expression?.kind) {
    case "number":
      return expression.value === 0 || expression.value === 1;
    case "selector":
      return everySeries(expression, place, ({ unit }) => unit === "flag");
    case "range":
      return same(expression.of);
    case "call":
      return /^((min|max|first|last)_over_time|label_\w+)$/.test(expression.name) && same(expression.operands[0]);
    case "aggregation":
      return (
        expression.operator === "group" || (/^(max|min)$/.test(expression.operator) && same(aggregated(expression)))
      );
    case "binary":
      if (keepsLeft(expression)) return same(expression.left);
      return /^(or|\*)$/.test(expression.operator) && same(expression.left, expression.right);
    default:
      return false;
  }
}

/** Whether the result contains only values of the left side, which the operator filters. */
function keepsLeft({ operator, bool }: Expression & { kind: "binary" }): boolean {
  return !bool && /^(and|unless|==|!=|[<>]=?)$/.test(operator);
}

function everySeries(selector: Expression, place: Place, is: (series: Series) => boolean): boolean {
  const series = seriesAt(place, selector);
  return series.length > 0 && series.every(is);
}
