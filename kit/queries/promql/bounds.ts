import type { Report } from "../query-finding";
import type { Series } from "../series";
import type { Expression, Operation } from "./expression";

/** Reports a limit that the series can never exceed. */
export function checkBound(comparison: Operation, series: readonly Series[], report: Report): void {
  const { left, right } = comparison;
  const reversed = left.kind === "number";
  const limit = reversed ? left : right;
  const operator = reversed ? comparison.operator.replace("<", ">") : comparison.operator;
  if (limit.kind !== "number" || !/^>=?$/.test(operator) || (reversed && comparison.operator.startsWith(">"))) return;
  const most = Math.max(...series.map(({ most = Number.POSITIVE_INFINITY }) => most));
  if (operator === ">" ? limit.value < most : limit.value <= most) return;
  const rule = `the limit ${limit.value} can never be exceeded: the quantile is at most ${most}, the last finite bucket`;
  report(comparison, rule, `choose a limit below ${most}, or give the histogram a bucket above the limit`);
}

/** Reports a quantile that is not from 0 to 1. */
export function checkQuantile(operand: Expression | undefined, report: Report): void {
  if (operand?.kind !== "number" || (operand.value >= 0 && operand.value <= 1)) return;
  const remedy = "write 0.95 for the 95th percentile";
  report(operand, `the quantile must be from 0 to 1, and is ${operand.value}`, remedy);
}

/** The series multiplied or divided by a number, with their largest values. After other operations these are unknown. */
export function scaleBounds({ operator, left, right }: Operation, series: readonly Series[]): readonly Series[] {
  const factor = factorOf(operator, left, right);
  return series.map(({ most, ...one }) => ({ ...one, ...(most !== undefined && factor && { most: most * factor }) }));
}

function factorOf(operator: string, left: Expression, right: Expression): number | undefined {
  const number = right.kind === "number" ? right.value : operator === "*" && left.kind === "number" ? left.value : 0;
  if (number <= 0) return undefined;
  if (operator === "*") return number;
  return operator === "/" ? 1 / number : undefined;
}
