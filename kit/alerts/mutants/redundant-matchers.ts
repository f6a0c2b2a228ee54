import { type Matcher, satisfies } from "../../queries/matching";
import { copiedLabel } from "../../queries/promql/copied-labels";
import type { Expression, Operation } from "../../queries/promql/expression";
import { parsePromql } from "../../queries/promql/parse-promql";
import type { Label } from "../../queries/series";
import { aggregated, type Place, type Step, stepsOf } from "./place";

/** A matcher that all catalogued values match, in all jobs that expose the metric, excludes nothing. */
export function passedByAll({ mutation: { kind, node, matcher }, vocabulary, path }: Place): string | undefined {
  if (kind !== "matcher dropped" || !matcher || node.kind !== "selector" || path.some(isAbsence)) return undefined;
  const labels = (vocabulary.get(node.name ?? "") ?? []).map((series) => series.labels.get(matcher.label));
  const passes = (label: Label | undefined) =>
    !label?.optional && label?.values?.every((value) => satisfies(matcher, value)) === true;
  return labels.length > 0 && labels.every(passes) ? "the catalogue lists no other value of the label" : undefined;
}

/** A join with an operand that has the same matcher yields only series that the matcher would have selected. */
export function repeatedInJoin({ mutation: { kind, matcher }, text, path, alert, field }: Place): string | undefined {
  if (kind !== "matcher dropped" || !matcher) return undefined;
  const written = text.slice(matcher.from, matcher.to);
  let label: string | undefined = matcher.label;
  for (const step of stepsOf(path).toReversed()) {
    if (isExcludedBy(step, { ...matcher, label }))
      return `the series that it excludes match nothing: the other side of a join has {${written}} too`;
    label = labelAfter(label, step);
    if (label === undefined) return undefined;
  }
  const joined = { ...matcher, label };
  const repeated = (["measure", "confirmedBy", "provided"] as const).some((other) => {
    const root = other !== field && alert[other] && parsePromql(alert[other].text, () => undefined);
    return root && passesAll(root, joined);
  });
  return repeated && alert.on?.includes(label)
    ? `the series that it excludes match nothing: another condition has {${written}} too`
    : undefined;
}

/** Whether the other side of an operator excludes the series that the matcher excludes. */
function isExcludedBy([whole, part]: Step, matcher: Matcher): boolean {
  if (whole.kind !== "binary" || whole.operator === "or") return false;
  if (whole.operator === "unless" && whole.left === part) return false;
  return isMatched(matcher.label, whole) && passesAll(whole.left === part ? whole.right : whole.left, matcher);
}

/** Whether matching series of both sides have the same value of the label. */
function isMatched(label: string, { matching }: Operation): boolean {
  return !matching || matching.on === matching.names.labels.some(({ name }) => name === label);
}

/**
 * The name of the label after one more expression; undefined if the label is dropped, or if additional series change
 * the result for other values of the label.
 */
function labelAfter(label: string, [whole, part]: Step): string | undefined {
  switch (whole.kind) {
    case "aggregation":
      return isKept(label, whole) ? label : undefined;
    case "call":
      return labelAfterCall(label, whole);
    case "binary":
      return labelAfterOperator(label, whole, part);
    default:
      return label;
  }
}

function labelAfterCall(label: string, call: Expression & { kind: "call" }): string | undefined {
  if (losesLabel(call, label)) return undefined;
  const copied = copiedLabel(call);
  if (copied?.origin === label) return copied.label;
  return setLabel(call) === label ? undefined : label;
}

function labelAfterOperator(label: string, whole: Operation, part: Expression): string | undefined {
  const other = whole.left === part ? whole.right : whole.left;
  if (other.kind === "number") return label;
  if (whole.operator === "or") return whole.right === part || isMatched(label, whole) ? label : undefined;
  if (/^(and|unless)$/.test(whole.operator)) return whole.left === part ? label : undefined;
  return isMatched(label, whole) || keeperOf(label, whole) === part ? label : undefined;
}

/** The side from which the result of a calculation gets a label that the sides do not match on. */
function keeperOf(label: string, { left, right, matching }: Operation): Expression | undefined {
  if (!matching?.group) return undefined;
  const [many, single] = matching.group === "left" ? [left, right] : [right, left];
  return matching.include?.labels.some(({ name }) => name === label) ? single : many;
}

/** Whether every series of the expression has a value of the label that matches. */
function passesAll(expression: Expression, matcher: Matcher): boolean {
  const { label } = matcher;
  switch (expression.kind) {
    case "selector":
      return expression.matchers.some(
        (one) => one.label === label && one.operator === matcher.operator && one.value === matcher.value,
      );
    case "range":
      return passesAll(expression.of, matcher);
    case "aggregation": {
      const operand = aggregated(expression);
      return operand !== undefined && isKept(label, expression) && passesAll(operand, matcher);
    }
    case "call":
      return passesCall(expression, matcher);
    case "binary":
      return passesOperator(expression, matcher);
    default:
      return false;
  }
}

function passesCall(call: Expression & { kind: "call" }, matcher: Matcher): boolean {
  if (losesLabel(call, matcher.label)) return false;
  const copied = copiedLabel(call);
  const origin = copied?.label === matcher.label ? copied.origin : undefined;
  if (origin === undefined && setLabel(call) === matcher.label) return false;
  return call.operands.some((operand) => passesAll(operand, { ...matcher, label: origin ?? matcher.label }));
}

function passesOperator(operation: Operation, matcher: Matcher): boolean {
  const { operator, left, right } = operation;
  if (operator === "or") return passesAll(left, matcher) && passesAll(right, matcher);
  if (operator === "unless" || right.kind === "number") return passesAll(left, matcher);
  if (isMatched(matcher.label, operation) || left.kind === "number")
    return passesAll(left, matcher) || passesAll(right, matcher);
  const keeper = operator === "and" ? left : keeperOf(matcher.label, operation);
  return keeper !== undefined && passesAll(keeper, matcher);
}

function isKept(label: string, { grouping, without }: Expression & { kind: "aggregation" }): boolean {
  return (grouping?.labels.some(({ name }) => name === label) ?? false) !== without;
}

function losesLabel(call: Expression & { kind: "call" }, label: string): boolean {
  return (
    isAbsence(call) || /^(scalar|vector)$/.test(call.name) || (call.name === "histogram_quantile" && label === "le")
  );
}

/** Whether the expression is `absent(…)`, which yields a series with the labels of the matchers if they select no series. */
function isAbsence(expression: Expression): boolean {
  return expression.kind === "call" && /^absent(_over_time)?$/.test(expression.name);
}

/** The label that the call sets; undefined for other calls. */
function setLabel({ name, operands: [, label] }: Expression & { kind: "call" }): string | undefined {
  return /^label_(replace|join)$/.test(name) && label?.kind === "string" ? label.value : undefined;
}
