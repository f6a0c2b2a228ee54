import { type Join, joinSeries } from "./join";
import type { Report, Span } from "./query-finding";
import { type Series, setUnit } from "./series";
import {
  areComparable,
  dividedUnit,
  type MaybeUnit,
  multipliedUnit,
  productUnit,
  quotientUnit,
  sumUnit,
  unitName,
  type ValueUnit,
} from "./units";

/** An arithmetic or comparison operator, which PromQL and LogQL share. */
export interface Operator extends Span {
  readonly operator: string;
  /** Whether a comparison yields 0 or 1 for each series, instead of filtering series. */
  readonly bool: boolean;
}

/** An operand that is not a vector. */
export interface Scalar {
  /** The value of a number. @default unknown */
  readonly value?: number;
  /** The unit of a function such as `time()`. @default unknown, or that of a plain number */
  readonly unit?: ValueUnit;
}

/** The result of an operator on two vectors; reports values that cannot be added or compared. */
export function combineSeries(operator: Operator, join: Join, report: Report): readonly Series[] {
  const outcomes: Outcome[] = [];
  const joined = joinSeries(join, report, (left, right) => {
    const unit = operatorUnit(operator, left.unit, right.unit);
    outcomes.push({ unit, left: left.unit, right: right.unit });
    return unit === conflict ? undefined : unit;
  });
  reportConflict(operator, outcomes, report);
  return joined;
}

/** The result of an operator on a vector and a scalar, which is on its right or, if it comes `first`, on its left. */
export function scaleSeries(
  operator: Operator,
  vector: readonly Series[],
  scalar: Scalar & { readonly first: boolean },
  report: Report,
): readonly Series[] {
  const outcomes = vector.map(({ unit }): Outcome => {
    const [left, right] = scalar.first ? [scalar.unit, unit] : [unit, scalar.unit];
    return { unit: scaledUnit(operator, unit, scalar), left, right };
  });
  reportConflict(operator, outcomes, report);
  return vector.map((one, index) => {
    const unit = outcomes[index]?.unit;
    return setUnit(one, unit === conflict ? undefined : unit);
  });
}

const conflict = "conflict";

interface Outcome {
  readonly unit: MaybeUnit | typeof conflict;
  readonly left: MaybeUnit;
  readonly right: MaybeUnit;
}

/** The values of a comparison are the values of its left side, or 0 and 1. */
function operatorUnit(operation: Operator, left: MaybeUnit, right: MaybeUnit): Outcome["unit"] {
  const { operator, bool } = operation;
  if (isComparison(operation)) return areComparable(left, right) ? (bool ? "flag" : left) : conflict;
  if (operator === "*") return productUnit(left, right);
  if (operator === "/") return quotientUnit(left, right);
  if (operator === "+" || operator === "-") return sumUnit(operator, left, right);
  return operator === "%" ? left : undefined;
}

/** An added number has the unit of the other operand. */
function scaledUnit(operation: Operator, unit: MaybeUnit, scalar: Scalar & { readonly first: boolean }) {
  const { operator, bool } = operation;
  const { value, unit: other, first } = scalar;
  if (isComparison(operation)) {
    // 0 is the same in any unit.
    if (operator === "==" && value === 0 && !bool) return undefined;
    return areComparable(unit, other) ? (bool ? "flag" : unit) : conflict;
  }
  if (/^[-+]$/.test(operator)) {
    if (value !== undefined) return unit;
    return first ? sumUnit(operator, other, unit) : sumUnit(operator, unit, other);
  }
  if (value === undefined) return undefined;
  if (operator === "*") return multipliedUnit(unit, value);
  if (operator === "/") return first ? undefined : dividedUnit(unit, value);
  return operator === "%" && !first ? unit : undefined;
}

function isComparison({ operator }: Operator): boolean {
  return /^([=!]=|[<>]=?)$/.test(operator);
}

/** With several groups, some pairs may fit: the expression is wrong only if no pair fits. */
function reportConflict(operation: Operator, outcomes: readonly Outcome[], report: Report): void {
  const [first] = outcomes;
  if (!first || outcomes.some(({ unit }) => unit !== conflict)) return;
  const sides = `${unitName(first.left)} ${operation.operator} ${unitName(first.right)}`;
  report(operation, `the two sides have different units: ${sides}`, "convert one of them, or correct the metric");
}
