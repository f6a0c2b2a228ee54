import type { Expression } from "../../queries/promql/expression";
import { aggregated, type Place, type Step, stepsOf } from "./place";
import { isFlag, isNeverNegative, isWhole } from "./possible-numbers";

/** An added grouping label changes nothing: the number of groups does not decide whether any group is above 0. */
export function someAboveZero(place: Place): string | undefined {
  const { node, kind } = place.mutation;
  const compared = comparedWith(place);
  if (kind !== "grouping label added" || node.kind !== "aggregation" || place.field !== "provided") return undefined;
  if (compared?.operator !== ">" || compared.value !== 0) return undefined;
  const alike = node.operator === "max" || (node.operator === "sum" && isNeverNegative(aggregated(node), place));
  // Without `on`, series with an additional label match nothing.
  const joined = stepsOf(place.path).every(
    ([whole]) => whole.kind !== "binary" || whole.right.kind === "number" || whole.matching?.on === true,
  );
  return alike && joined ? "the condition only requires any value above 0" : undefined;
}

/** If no value is negative, the sum, the average and the largest value are all above 0, or all are 0. */
export function sameSign(place: Place): string | undefined {
  const { node, operator = "" } = place.mutation;
  const compared = comparedWith(place);
  const alike = ["sum", "avg", "max"];
  if (node.kind !== "aggregation" || !alike.includes(node.operator) || !alike.includes(operator)) return undefined;
  if (!/^(>|==|!=)$/.test(compared?.operator ?? "") || compared?.value !== 0) return undefined;
  if (!isNeverNegative(aggregated(node), place)) return undefined;
  return "no value is negative: the sum, the average and the largest value are all 0, or all above 0";
}

/** For whole numbers, the sum is below 1 exactly if the largest is; for 0 and 1, the average is below 1 exactly if the smallest is. */
export function sameBelowOne(place: Place): string | undefined {
  const { node, operator = "" } = place.mutation;
  const compared = comparedWith(place);
  if (node.kind !== "aggregation" || compared?.value !== 1 || compared.operator !== "<") return undefined;
  const operand = aggregated(node);
  const exchanged = [node.operator, operator].sort().join(" ");
  if (exchanged === "max sum" && isWhole(operand, place) && isNeverNegative(operand, place))
    return "of whole numbers, the sum is below 1 exactly when the largest is";
  if (exchanged === "avg min" && isFlag(operand, place))
    return "of values that are 0 or 1, the average is below 1 exactly when the smallest is";
  return undefined;
}

interface Comparison {
  readonly operator: string;
  readonly value: number;
}

/** The comparison of the changed aggregation, by a condition or by the alert itself, if nothing else reads its value. */
function comparedWith({ alert, field, path }: Place): Comparison | undefined {
  const steps = stepsOf(path).toReversed();
  const passed = steps.findIndex(([whole, part]) => !keepsValue(whole, part));
  const own = field === "provided" ? undefined : { operator: alert.comparison, value: alert.limit.value };
  const step = passed < 0 ? undefined : steps[passed];
  if (!step) return own;
  const [whole] = step;
  if (whole.kind !== "binary" || whole.right.kind !== "number") return undefined;
  const compared = { operator: whole.operator, value: whole.right.value };
  return isValueUnused(steps.slice(passed + 1), compared, own) ? compared : undefined;
}

function keepsValue(whole: Expression, part: Expression): boolean {
  if (whole.kind !== "binary") return false;
  return whole.operator === "or" || (/^(and|unless)$/.test(whole.operator) && whole.left === part);
}

/** A comparison keeps the value, so nothing after it may use the value. */
function isValueUnused(above: readonly Step[], compared: Comparison, own: Comparison | undefined): boolean {
  if (compared.operator === "==") return true;
  const decided = above.findIndex(([whole, part]) => !keepsValue(whole, part));
  const step = decided < 0 ? undefined : above[decided];
  if (!step) return own === undefined || (own.operator === compared.operator && own.value === compared.value);
  const [whole, part] = step;
  return whole.kind === "binary" && /^(and|unless)$/.test(whole.operator) && whole.right === part;
}
