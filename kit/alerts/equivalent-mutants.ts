import { satisfies } from "../queries/matching";
import { checkPromql } from "../queries/promql/check-promql";
import { type Expression, parts } from "../queries/promql/expression";
import type { Mutation } from "../queries/promql/mutations";
import { parsePromql } from "../queries/promql/parse-promql";
import type { Label, Series, Vocabulary } from "../queries/series";
import type { Alert } from "./alert";

/** Which expression of an alert is broken. */
export type ExpressionField = "measure" | "confirmedBy" | "provided";

/**
 * Why a mistake in an expression of an alert cannot change when it fires, where that follows from the expression and the
 * catalogue; nothing where it does not follow. No story can find such a mistake.
 */
export function equivalence(
  mutation: Mutation,
  field: ExpressionField,
  alert: Alert,
  vocabulary: Vocabulary,
): string | undefined {
  const text = alert[field]?.text ?? "";
  const root = parsePromql(text, () => undefined);
  const path = root && pathTo(root, mutation.node);
  if (!path) return undefined;
  const place: Place = { mutation, field, alert, vocabulary, text, path };
  return (
    nothingAdded(place) ??
    alwaysZero(place) ??
    everyValue(place) ??
    someAbove(place) ??
    sameSign(place) ??
    sameWholeNumbers(place) ??
    onlySeries(place) ??
    matchedByJoin(place)
  );
}

interface Place {
  readonly mutation: Mutation;
  readonly field: ExpressionField;
  readonly alert: Alert;
  readonly vocabulary: Vocabulary;
  readonly text: string;
  /** From the root to what is changed. */
  readonly path: readonly Expression[];
}

function pathTo(root: Expression, node: Expression): readonly Expression[] | undefined {
  if (root === node) return [root];
  const below = parts(root)
    .map((part) => pathTo(part, node))
    .find(Boolean);
  return below && [root, ...below];
}

/** The steps from the root down to what is changed: an expression, and the part of it that leads there. */
function stepsOf(path: readonly Expression[]): readonly (readonly [whole: Expression, part: Expression])[] {
  return path.slice(1).map((part, index) => [path[index] as Expression, part] as const);
}

/** `… or 0 * …`: whether it yields 0 or nothing, that is not above the limit. */
function nothingAdded({ alert, field, path }: Place): string | undefined {
  if (field !== "measure" || alert.comparison !== ">" || alert.limit.value < 0) return undefined;
  const steps = stepsOf(path);
  const zero = steps.findIndex(([whole]) => yieldsZero(whole));
  if (zero < 0 || !steps.slice(0, zero).every(keepsZero)) return undefined;
  return "it is in a branch that yields 0 or nothing, and neither is above the limit";
}

/** Whatever is multiplied by 0 is 0 for the same groups, however they are aggregated. */
function alwaysZero({ mutation, path }: Place): string | undefined {
  const multiplied = path.some((whole) => yieldsZero(whole) && whole.kind === "binary" && whole.operator === "*");
  if (mutation.kind !== "aggregation exchanged" || !multiplied) return undefined;
  return "what it yields is multiplied by 0";
}

/** `0 * …` and `… == 0` yield 0 or nothing. */
function yieldsZero(expression: Expression): boolean {
  if (expression.kind !== "binary") return false;
  const { operator, left, right } = expression;
  return operator === "*" ? isZero(left) || isZero(right) : operator === "==" && isZero(right);
}

function isZero(expression: Expression): boolean {
  return expression.kind === "number" && expression.value === 0;
}

/** A matcher that every value passes that the catalogue knows, in all that exposes the metric, excludes nothing. */
function everyValue({ mutation: { kind, node, matcher }, vocabulary }: Place): string | undefined {
  if (kind !== "matcher dropped" || !matcher || node.kind !== "selector") return undefined;
  const labels = (vocabulary.get(node.name ?? "") ?? []).map((series) => series.labels.get(matcher.label));
  const passes = (label: Label | undefined) =>
    !label?.optional && label?.values?.every((value) => satisfies(matcher, value)) === true;
  return labels.length > 0 && labels.every(passes) ? "the catalogue knows no other value of the label" : undefined;
}

/** Whether any group is above 0 is the same for fewer and for more groups. */
function someAbove(place: Place): string | undefined {
  const { node, kind } = place.mutation;
  const compared = comparedWith(place);
  if (kind !== "grouping label added" || node.kind !== "aggregation" || !/^(max|sum)$/.test(node.operator))
    return undefined;
  if (place.field !== "provided" || compared?.operator !== ">" || compared.value !== 0) return undefined;
  return "it asks only whether something is above 0";
}

/** Whether 0 or nothing below stays 0 or nothing. */
function keepsZero([whole, part]: readonly [Expression, Expression]): boolean {
  if (whole.kind === "aggregation") return /^(sum|max|avg)$/.test(whole.operator);
  if (whole.kind === "call") return whole.name === "label_replace";
  if (whole.kind !== "binary") return false;
  return whole.operator === "or" || (/^[*/]$/.test(whole.operator) && whole.left === part);
}

interface Comparison {
  readonly operator: string;
  readonly value: number;
}

/** What the aggregation that is changed is compared with, by a condition or by the alert itself, if only that matters. */
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

/** A comparison keeps the value: what goes on with it must ask nothing else of it. */
function isValueUnused(
  above: readonly (readonly [whole: Expression, part: Expression])[],
  compared: Comparison,
  own: Comparison | undefined,
): boolean {
  if (compared.operator === "==") return true;
  const decided = above.findIndex(([whole, part]) => !keepsValue(whole, part));
  const step = decided < 0 ? undefined : above[decided];
  if (!step) return own === undefined || (own.operator === compared.operator && own.value === compared.value);
  const [whole, part] = step;
  return whole.kind === "binary" && /^(and|unless)$/.test(whole.operator) && whole.right === part;
}

/** Of values that are never negative, the sum, the average and the largest are above 0 together. */
function sameSign(place: Place): string | undefined {
  const { node, operator } = place.mutation;
  const compared = comparedWith(place);
  const alike = ["sum", "avg", "max"];
  if (node.kind !== "aggregation" || !alike.includes(node.operator) || !alike.includes(operator ?? ""))
    return undefined;
  if (!/^(>|==|!=)$/.test(compared?.operator ?? "") || compared?.value !== 0) return undefined;
  return "no value is negative: the sum, the average and the largest of them are 0, or above it, together";
}

/** Of whole numbers, the sum is below 1 exactly when the largest is; of 0 and 1, the average exactly when the smallest is. */
function sameWholeNumbers(place: Place): string | undefined {
  const { node, operator = "" } = place.mutation;
  const compared = comparedWith(place);
  if (node.kind !== "aggregation" || compared?.value !== 1 || compared.operator !== "<") return undefined;
  const units = operandSeries(place, node).map(({ unit }) => unit);
  const exchanged = [node.operator, operator].sort().join(" ");
  if (exchanged === "max sum" && units.every((unit) => unit === "flag" || unit === "count"))
    return "of whole numbers, the sum is below 1 exactly when the largest is";
  if (exchanged === "avg min" && units.every((unit) => unit === "flag"))
    return "of values that are 0 or 1, the average is below 1 exactly when the smallest is";
  return undefined;
}

/** An aggregation of one series for each group yields the same whichever it is; only `count` differs. */
function onlySeries(place: Place): string | undefined {
  const { node, operator, kind } = place.mutation;
  if (kind !== "aggregation exchanged" || node.kind !== "aggregation" || operator === "count") return undefined;
  if (node.operator === "count" || node.without) return undefined;
  const [operand] = node.operands.slice(-1);
  const reason = "each group has one series: no label varies that it is not grouped by";
  if (operand?.kind === "call" && operand.name === "absent") return reason;
  const kept = node.grouping?.labels.map(({ name }) => name) ?? [];
  const series = operandSeries(place, node);
  const varies = ({ labels, open }: Series) =>
    open || [...labels].some(([name, { values }]) => !kept.includes(name) && values?.length !== 1);
  return series.length === 1 && !series.some(varies) ? reason : undefined;
}

function operandSeries({ text, vocabulary }: Place, node: Expression & { kind: "aggregation" }): readonly Series[] {
  const [operand] = node.operands.slice(-1);
  return operand ? (checkPromql(text.slice(operand.from, operand.to), vocabulary).series ?? []) : [];
}

/** A join with something that has the same matcher leaves only what the matcher would have left. */
function matchedByJoin({ mutation: { kind, matcher }, text, path, alert, field }: Place): string | undefined {
  if (kind !== "matcher dropped" || !matcher) return undefined;
  const written = text.slice(matcher.from, matcher.to);
  let label: string | undefined = matcher.label;
  for (const [whole, part] of stepsOf(path).toReversed()) {
    label = survives(label, whole);
    if (label === undefined) return undefined;
    if (whole.kind !== "binary" || whole.operator === "or") continue;
    const other = whole.left === part ? whole.right : whole.left;
    const excluded = whole.operator === "unless" && whole.left === part;
    const joined = whole.matching
      ? whole.matching.on === whole.matching.names.labels.some(({ name }) => name === label)
      : true;
    if (!excluded && joined && restricts(other, written, text, matcher.label))
      return `what it lets in is joined with nothing: the other side has {${written}} too`;
  }
  const others = (["measure", "confirmedBy", "provided"] as const).filter((one) => one !== field);
  const joins = others.some((one) => {
    const query = alert[one];
    const root = query && parsePromql(query.text, () => undefined);
    return root && restricts(root, written, query.text, matcher.label);
  });
  return joins && alert.on?.includes(label)
    ? `what it lets in is joined with nothing: another condition has {${written}} too`
    : undefined;
}

/** The name that a label has after the expression; nothing where it is gone. */
function survives(label: string, whole: Expression): string | undefined {
  if (whole.kind === "aggregation") {
    const listed = whole.grouping?.labels.some(({ name }) => name === label) ?? false;
    return listed === whole.without ? undefined : label;
  }
  if (whole.kind !== "call" || whole.name !== "label_replace") return label;
  const [, to, , from] = whole.operands;
  return from?.kind === "string" && to?.kind === "string" && from.value === label ? to.value : label;
}

/** Whether every series of the expression has passed the matcher. */
function restricts(expression: Expression, written: string, text: string, label: string): boolean {
  if (expression.kind === "selector")
    return expression.matchers.some((matcher) => text.slice(matcher.from, matcher.to) === written);
  if (expression.kind === "binary") {
    const [left, right] = [expression.left, expression.right].map((one) => restricts(one, written, text, label));
    return /^(or)$/.test(expression.operator)
      ? left === true && right === true
      : left === true || (expression.operator !== "unless" && right === true);
  }
  const within = parts(expression);
  return within.length > 0 && within.some((part) => restricts(part, written, text, label));
}
