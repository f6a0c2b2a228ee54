import type { Expression } from "../../queries/promql/expression";
import type { MutationKind } from "../../queries/promql/mutations";
import { type Place, type Step, stepsOf } from "./place";

/** A mistake in `… or 0 * …`: the branch yields 0 or no series, and neither is above the limit. */
export function inZeroBranch({ mutation: { kind }, alert, field, path }: Place): string | undefined {
  if (field !== "measure" || alert.comparison !== ">" || alert.limit.value < 0) return undefined;
  const steps = stepsOf(path);
  const zero = steps.findIndex(([whole]) => yieldsZero(whole));
  if (zero < 0 || !steps.slice(0, zero).every((step) => keepsZero(step, kind))) return undefined;
  if (!steps.slice(zero).every(([whole]) => cannotFail(whole, kind))) return undefined;
  return "it is in a branch that yields 0 or no series, and neither is above the limit";
}

/** An exchanged aggregation yields the same groups, and each is multiplied by 0. */
export function multipliedByZero({ mutation: { kind }, path }: Place): string | undefined {
  const steps = stepsOf(path).toReversed();
  const other = steps.findIndex(([whole, part]) => !keepsGroups(whole, part));
  const below = other < 0 ? steps : steps.slice(0, other);
  if (kind !== "aggregation exchanged" || !below.some(([whole]) => isMultipliedByZero(whole))) return undefined;
  return "its result is multiplied by 0";
}

/** `0 * …` and `… == 0` yield 0 or no series. */
function yieldsZero(expression: Expression): boolean {
  if (isMultipliedByZero(expression)) return true;
  return expression.kind === "binary" && expression.operator === "==" && !expression.bool && isZero(expression.right);
}

function isMultipliedByZero(expression: Expression): boolean {
  if (expression.kind !== "binary" || expression.operator !== "*") return false;
  return isZero(expression.left) || isZero(expression.right);
}

function isZero(expression: Expression): boolean {
  return expression.kind === "number" && expression.value === 0;
}

/** Whether 0 and no series have the same effect on the value that the alert compares. */
function keepsZero([whole, part]: Step, kind: MutationKind): boolean {
  // Zeros add values to an average.
  if (whole.kind === "aggregation") return /^(sum|max)$/.test(whole.operator);
  if (whole.kind === "call") return whole.name === "label_replace" && keepsLabels(kind);
  if (whole.kind !== "binary") return false;
  // On the left, a zero would replace the series of the right side.
  if (whole.operator === "or") return whole.right === part;
  return /^[*/]$/.test(whole.operator) && whole.left === part && cannotFail(whole, kind);
}

/** Whether the mistake cannot cause a join with several matches, for which Prometheus fails the whole expression. */
function cannotFail(whole: Expression, kind: MutationKind): boolean {
  if (whole.kind !== "binary" || /^(and|or|unless)$/.test(whole.operator)) return true;
  return whole.matching === undefined || keepsLabels(kind);
}

function keepsLabels(kind: MutationKind): boolean {
  return /^(aggregation exchanged|range changed|quantile changed|number of a condition changed)$/.test(kind);
}

/** Whether the result has the same groups for other values, if these are finite. */
function keepsGroups(whole: Expression, part: Expression): boolean {
  if (whole.kind === "aggregation") return /^(sum|avg|max|min|count)$/.test(whole.operator);
  if (whole.kind === "call") return whole.name === "label_replace";
  if (whole.kind !== "binary") return false;
  return /^([-+*]|and|or|unless)$/.test(whole.operator) || (whole.operator === "/" && whole.left === part);
}
