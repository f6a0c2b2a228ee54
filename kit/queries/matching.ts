import { hasVariable } from "./grafana-variables";
import { nearest } from "./nearest";
import type { Report, Span } from "./query-finding";
import { labelNames, lacks, type Series } from "./series";

/** `label = "value"` and its like, which PromQL and LogQL share. */
export interface Matcher extends Span {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/**
 * The groups that the matchers leave, each with what is then known of its labels; reports what can never match. Values are
 * compared with what the label can be before the other matchers: a value that another one already excludes is redundant,
 * not wrong.
 */
export function selectSeries(
  series: readonly Series[],
  matchers: readonly Matcher[],
  report: Report,
): readonly Series[] {
  return matchers.reduce((left, matcher) => {
    if (lacks(series, matcher.label)) {
      report(matcher, `no label ${quote(matcher.label)} here`, suggestion(matcher.label, labelNames(series)));
      return left;
    }
    if (lacksFraction(matcher)) {
      const rule = `"${matcher.label}" is never "${matcher.value}": Prometheus writes it as a float`;
      report(matcher, rule, `write "${matcher.value}.0"`);
      return left;
    }
    const impossible = impossibleValue(series, matcher);
    if (impossible !== undefined) {
      const known = possibleValues(series, matcher.label)?.filter((value) => value !== "") ?? [];
      report(matcher, `${quote(matcher.label)} is never ${quote(impossible)}`, suggestion(impossible, known));
      return left;
    }
    const passing = left.flatMap((one) => narrowSeries(one, matcher) ?? []);
    if (passing.length === 0) reportExclusion(left, matcher, report);
    return passing.length === 0 ? left : passing;
  }, series);
}

function reportExclusion(series: readonly Series[], matcher: Matcher, report: Report): void {
  const known = possibleValues(series, matcher.label)?.map(quote);
  const reason = known && `: ${quote(matcher.label)} is always ${known.join(" or ")} here`;
  report(matcher, `excludes every series${reason ?? ""}`, "remove this matcher, or the one that it contradicts");
}

/** "use X" where X is near enough to be meant, else what there is. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean ${quote(near)}?`;
  return known.length > 0 ? `there is ${known.slice(0, 12).map(quote).join(", ")}` : "leave it out";
}

function lacksFraction({ label, value }: Matcher): boolean {
  return /^(le|quantile)$/.test(label) && /^-?\d+$/.test(value);
}

/** A part of the matcher's value that no group can have. That a label is not empty may be said although it never is. */
function impossibleValue(series: readonly Series[], matcher: Matcher): string | undefined {
  if (hasVariable(matcher.value)) return undefined;
  const known = possibleValues(series, matcher.label);
  const parts = isRegex(matcher) ? alternatives(matcher.value) : [matcher.value];
  const meant = parts.filter((part) => part !== "" || matcher.operator === "=");
  return known && meant.find((part) => !known.some(matchesPattern(isRegex(matcher), part)));
}

/** What the label can be in any group, "" where it may be missing; nothing when that has no bound. */
function possibleValues(series: readonly Series[], name: string): string[] | undefined {
  const values = series.flatMap(({ labels, open }) => {
    const label = labels.get(name) ?? (open ? {} : { values: [], optional: true });
    return label.values ? [...label.values, ...(label.optional ? [""] : [])] : [undefined];
  });
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? [...new Set(known)] : undefined;
}

/** The group with what the matcher leaves of it; nothing when it leaves none. */
function narrowSeries(series: Series, matcher: Matcher): Series | undefined {
  const { label: name, value, operator } = matcher;
  const positive = operator === "=" || operator === "=~";
  const label = series.labels.get(name);
  if (hasVariable(value)) return series;
  const matches = matchesPattern(isRegex(matcher), value);
  const passes = (candidate: string) => matches(candidate) === positive;
  if (!label && !series.open) return passes("") ? series : undefined;
  const optional = (label === undefined || label.optional === true) && passes("");
  const values =
    label?.values?.filter(passes) ?? (positive ? literals(matcher)?.filter((one) => one !== "") : undefined);
  const labels = new Map(series.labels);
  if (values?.length === 0) labels.delete(name);
  else if (label || positive) labels.set(name, { ...(values && { values }), ...(optional && { optional }) });
  return values?.length === 0 && !optional ? undefined : { ...series, labels };
}

/** The values that a matcher spells out; escaped letters are marked, so that only bare ones make it a pattern. */
function literals(matcher: Matcher): string[] | undefined {
  if (!isRegex(matcher)) return [matcher.value];
  const parts = alternatives(matcher.value).map((part) => part.replace(/\\\\?([.\-/])/g, "\0$1"));
  if (parts.some((part) => /[.*+?^${}()|[\]\\]/.test(part.replace(/\0./g, "")))) return undefined;
  return parts.map((part) => part.replace(/\0/g, ""));
}

function alternatives(regex: string): string[] {
  return /[()[\]]/.test(regex) ? [regex] : regex.split("|");
}

function isRegex({ operator }: Matcher): boolean {
  return operator === "=~" || operator === "!~";
}

/** RE2 as far as JavaScript writes it alike; what it does not understand may match. */
function matchesPattern(regex: boolean, pattern: string): (value: string) => boolean {
  if (!regex) return (value) => pattern === value;
  try {
    const [, flags = "", body = ""] = pattern.match(/^(?:\(\?([ims]+)\))?(.*)$/s) ?? [];
    const compiled = new RegExp(`^(?:${body})$`, `s${flags.replace("s", "")}`);
    return (value) => compiled.test(value);
  } catch {
    return () => true;
  }
}

function quote(name: string): string {
  return `"${name}"`;
}
