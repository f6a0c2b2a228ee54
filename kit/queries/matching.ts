import { hasVariable } from "./grafana-variables";
import { nearest } from "./nearest";
import { canMatch, isUndeclared, type Judging, listedValues } from "./possible-values";
import type { Report, Span } from "./query-finding";
import { alternatives, matchesWhole, re2Finding } from "./regular-expression";
import { computed, type Label, labelNames, labelOf, lacks, type Series } from "./series";

/** A matcher such as `label = "value"`, which PromQL and LogQL share. */
export interface Matcher extends Span {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/**
 * The groups that the matchers select, with the resulting facts about their labels; reports matchers that can never match. Values
 * are compared with the possible values before the other matchers: a value that another matcher excludes is
 * redundant, not wrong.
 */
export function selectSeries(
  series: readonly Series[],
  matchers: readonly Matcher[],
  report: Report,
  judging: Judging = {},
): readonly Series[] {
  return matchers.reduce((left, matcher) => {
    const fault = matcherFault(series, left, matcher, judging);
    if (!fault) return left.flatMap((one) => narrowSeries(one, matcher) ?? []);
    report(matcher, fault.rule, fault.remedy);
    return left;
  }, series);
}

interface MatcherFault {
  readonly rule: string;
  readonly remedy: string;
}

/** @param left the groups that the earlier matchers select */
function matcherFault(
  series: readonly Series[],
  left: readonly Series[],
  matcher: Matcher,
  judging: Judging,
): MatcherFault | undefined {
  const { label, value } = matcher;
  if (lacks(series, label)) {
    return { rule: `unknown label ${quote(label)}`, remedy: suggestion(label, labelNames(series)) };
  }
  if (lacksFraction(matcher)) {
    return { rule: `"${label}" is never "${value}": Prometheus writes it as a float`, remedy: `write "${value}.0"` };
  }
  const invalid = isRegex(matcher) && !hasVariable(value) ? re2Finding(value) : undefined;
  if (invalid) return invalid;
  const undeclared = judging.foreign ? undefined : left.find(({ labels }) => isUndeclared(labels.get(label)));
  if (undeclared) {
    const rule = `the values of ${quote(label)} are not declared`;
    const place = undeclared.metric ? `where ${undeclared.metric} is declared` : "in the vocabulary";
    return { rule, remedy: `declare the label as closed or open ${place}` };
  }
  if (hasVariable(value)) return undefined;
  return valueFault(series, matcher, judging) ?? exclusionFault(left, matcher, judging);
}

/** Whether the matcher refuses an empty value, as at least one matcher of a selector must. */
export function isSelective(matcher: Matcher): boolean {
  const { value } = matcher;
  if (hasVariable(value) || (isRegex(matcher) && re2Finding(value) !== undefined)) return true;
  return !satisfies(matcher, "");
}

/** Number of known names that a remedy lists. */
const mostListed = 12;

/** Remedy for an unknown name: the nearest known name, or a list of the known names. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean ${quote(near)}?`;
  if (known.length === 0) return "remove it";
  const listed = known.slice(0, mostListed).map(quote).join(", ");
  return `use ${known.length > 1 ? "one of " : ""}${listed}${known.length > mostListed ? ", …" : ""}`;
}

/** The next smaller and the next larger number, if all are numbers, such as the bounds of buckets. */
function neighbouringNumbers(text: string, known: readonly string[]): readonly string[] {
  const number = (one: string) => (one === "" ? Number.NaN : Number(one.replace(/^\+Inf$/, "Infinity")));
  if (known.length === 0 || [text, ...known].some((one) => Number.isNaN(number(one)))) return [];
  const sorted = [...known].sort((one, other) => number(one) - number(other));
  const above = sorted.findIndex((one) => number(one) > number(text));
  return above < 0 ? sorted.slice(-1) : sorted.slice(Math.max(0, above - 1), above + 1);
}

function lacksFraction({ label, value }: Matcher): boolean {
  return /^(le|quantile)$/.test(label) && /^-?\d+$/.test(value);
}

/**
 * Each alternative of a regular expression must be able to match a value. A matcher may require a non-empty value
 * although the label is never empty.
 */
function valueFault(series: readonly Series[], matcher: Matcher, judging: Judging): MatcherFault | undefined {
  const labels = labelsAmong(series, matcher.label);
  const meant = partsOf(matcher).filter((part) => part !== "" || matcher.operator === "=");
  const stray = meant.find((part) => !mayBe(labels, part, matcher, judging));
  return stray === undefined ? undefined : strayFault(matcher.label, stray, labels);
}

/** No group is left: of all groups, or of those that a query may name if the other matchers select them. */
function exclusionFault(left: readonly Series[], matcher: Matcher, judging: Judging): MatcherFault | undefined {
  const { label: name, value } = matcher;
  const labels = labelsAmong(left, name);
  if (left.every((one) => narrowSeries(one, matcher) === undefined)) {
    const known = possibleValues(labels)?.map(quote);
    const reason = known ? `: ${quote(name)} is always ${known.join(" or ")} here` : "";
    return { rule: `excludes every series${reason}`, remedy: "remove this matcher, or the one that it contradicts" };
  }
  const named = !isPositive(matcher) || partsOf(matcher).some((part) => mayBe(labels, part, matcher, judging));
  return named ? undefined : strayFault(name, value, labels);
}

function mayBe(labels: readonly Label[], part: string, matcher: Matcher, judging: Judging): boolean {
  const regex = isRegex(matcher);
  const matches = matchesPattern(regex, part);
  return labels.some((label) => canMatch(label, part, { matches, regex, ...judging }));
}

function strayFault(name: string, stray: string, labels: readonly Label[]): MatcherFault {
  return {
    rule: labels.some(({ open }) => open !== undefined)
      ? `${quote(stray)} is not a value of ${quote(name)} that queries may name`
      : `${quote(name)} is never ${quote(stray)}`,
    remedy: strayRemedy(name, stray, labels),
  };
}

function strayRemedy(name: string, stray: string, labels: readonly Label[]): string {
  const known = valuesAmong(labels);
  const bounds = name === "le" ? neighbouringNumbers(stray, known) : [];
  if (bounds.length > 0) return `use ${bounds.map(quote).join(" or ")}`;
  const [pattern] = labels.flatMap((label) => label.pattern ?? []);
  return pattern && nearest(stray, known) === undefined
    ? `use a value that matches ${pattern}`
    : suggestion(stray, known);
}

/** A label that no series of a group has. */
const absent: Label = { values: [], optional: true };

function labelsAmong(series: readonly Series[], name: string): Label[] {
  return series.map((one) => labelOf(one, name) ?? absent);
}

/** The values that a query may name. */
function valuesAmong(labels: readonly Label[]): string[] {
  return [...new Set(labels.flatMap((label) => listedValues(label) ?? []))];
}

/** The possible values of the label in any group, "" if it may be missing; undefined if they are not listed. */
function possibleValues(labels: readonly Label[]): string[] | undefined {
  if (labels.some(({ values }) => !values)) return undefined;
  return [...new Set(labels.flatMap(({ values = [], optional }) => [...values, ...(optional ? [""] : [])]))];
}

/** The part of the group that the matcher selects; undefined if it selects nothing. */
function narrowSeries(series: Series, matcher: Matcher): Series | undefined {
  const { label: name, value } = matcher;
  const positive = isPositive(matcher);
  const label = series.labels.get(name);
  if (hasVariable(value)) return series;
  const matches = matchesPattern(isRegex(matcher), value);
  const passes = (candidate: string) => matches(candidate) === positive;
  if (!label && !series.open) return passes("") ? series : undefined;
  const optional = (label === undefined || label.optional === true) && passes("");
  const values =
    label?.values?.filter(passes) ?? (positive ? literals(matcher)?.filter((one) => one !== "") : undefined);
  const labels = new Map(series.labels);
  const { optional: _optional, ...declared } = label ?? computed;
  if (values?.length === 0) labels.delete(name);
  else if (label || positive) labels.set(name, { ...(values ? { values } : declared), ...(optional && { optional }) });
  return values?.length === 0 && !optional ? undefined : { ...series, labels };
}

/** The literal values of a matcher. Escaped characters are marked, so that only unescaped ones make it a pattern. */
function literals(matcher: Matcher): string[] | undefined {
  if (!isRegex(matcher)) return [matcher.value];
  const parts = alternatives(matcher.value).map((part) => part.replace(/\\\\?([.\-/])/g, "\0$1"));
  if (parts.some((part) => /[.*+?^${}()|[\]\\]/.test(part.replace(/\0./g, "")))) return undefined;
  return parts.map((part) => part.replace(/\0/g, ""));
}

/** A regular expression that the label must match, or must not match. */
function partsOf(matcher: Matcher): readonly string[] {
  return isRegex(matcher) ? alternatives(matcher.value) : [matcher.value];
}

/** Whether the matcher selects a series whose label has this value. */
export function satisfies(matcher: Matcher, value: string): boolean {
  return matchesPattern(isRegex(matcher), matcher.value)(value) === isPositive(matcher);
}

function isPositive({ operator }: Matcher): boolean {
  return operator === "=" || operator === "=~";
}

function isRegex({ operator }: Matcher): boolean {
  return operator === "=~" || operator === "!~";
}

function matchesPattern(regex: boolean, pattern: string): (value: string) => boolean {
  return regex ? matchesWhole(pattern) : (value) => pattern === value;
}

function quote(name: string): string {
  return `"${name}"`;
}
