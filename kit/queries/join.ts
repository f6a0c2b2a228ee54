import { dropLabels, keepLabels, type Names } from "./grouping";
import { suggestion } from "./matching";
import type { Report, Span } from "./query-finding";
import { distinctSeries, labelNames, labelOf, lacks, type Series, setUnit } from "./series";
import type { MaybeUnit } from "./units";

/** The matching clause of an operator: `on (…) group_left (…)`. */
export interface Matching {
  readonly on: boolean;
  readonly names: Names;
  /**
   * The side on which several series may match one series of the other side: `left` for `group_left`, `right` for
   * `group_right`.
   * @default one-to-one matching
   */
  readonly group?: "left" | "right";
  /** The labels that the result takes from the side with one series: `group_left (…)`. @default none */
  readonly include?: Names;
}

export interface Join {
  readonly left: readonly Series[];
  readonly right: readonly Series[];
  /**
   * The clause with `on` or `ignoring` that determines which series of the two sides match. @default series match if
   * all their labels are equal
   */
  readonly matching?: Matching;
}

/** Reports labels that a side lacks, and sides whose series can never match. */
export function checkJoin(join: Join, at: Span, report: Report): void {
  const { left, right, matching } = join;
  if (matching && !checkLabelNames(join, matching, report)) return;
  if (matchingPairs(join).length > 0 || left.length === 0 || right.length === 0) return;
  const [name, reason] = firstDifference(left[0] as Series, right[0] as Series, matching) as [string, string];
  const remedy = `aggregate both sides by the same labels, name the common labels with on (…), or exclude "${name}" with ignoring (…)`;
  report(at, `the two sides can never match: ${reason}`, remedy);
}

/** Whether both sides have the labels of `on (…)`, and at least one side those of `ignoring (…)`; reports missing labels. */
function checkLabelNames({ left, right }: Join, { on, names }: Matching, report: Report): boolean {
  const missing = names.labels.filter(({ name }) =>
    on ? lacks(left, name) || lacks(right, name) : lacks([...left, ...right], name),
  );
  for (const label of missing) {
    const side = lacks(left, label.name) ? left : right;
    const rule = on
      ? `joins on "${label.name}", which the ${side === left ? "left" : "right"} side lacks`
      : `ignores "${label.name}", which neither side has`;
    report(label, rule, suggestion(label.name, labelNames(on ? side : [...left, ...right])));
  }
  return missing.length === 0;
}

/**
 * The result of an arithmetic or comparison operator.
 *
 * @param unitOf unit of the result of two groups that match
 */
export function joinSeries(
  join: Join,
  report: Report,
  unitOf: (left: Series, right: Series) => MaybeUnit,
): readonly Series[] {
  const { matching } = join;
  const flipped = matching?.group === "right";
  const many = flipped ? join.right : join.left;
  const one = flipped ? join.left : join.right;
  for (const at of matching?.include?.labels.filter(({ name }) => lacks(one, name)) ?? []) {
    const side = flipped ? "left" : "right";
    report(
      at,
      `group_${matching?.group} takes "${at.name}", which the ${side} side lacks`,
      suggestion(at.name, labelNames(one)),
    );
  }
  const pairs = matchingPairs({ left: many, right: one, ...(matching && { matching }) });
  const result = pairs.map(([many, one]) => {
    const joined = matching?.group ? includeLabels(many, one, matching) : keepMatchedLabels(many, matching);
    return setUnit(joined, flipped ? unitOf(one, many) : unitOf(many, one));
  });
  return distinctSeries(result.length > 0 ? result : many);
}

function matchingPairs({ left, right, matching }: Join): [Series, Series][] {
  return left.flatMap((one) =>
    right.filter((other) => !firstDifference(one, other, matching)).map((other): [Series, Series] => [one, other]),
  );
}

/** The first label that prevents two groups from matching, and the reason. */
function firstDifference(left: Series, right: Series, matching?: Matching): [name: string, reason: string] | undefined {
  const listed = matching?.names.labels.map(({ name }) => name) ?? [];
  if (matching?.names.variable) return undefined;
  const all = () => labelNames([left, right]).filter((name) => name !== "__name__" && !listed.includes(name));
  const names = matching?.on ? listed : all();
  for (const name of names) {
    const [one, other] = [labelOf(left, name), labelOf(right, name)];
    if (!one || !other) {
      if (!(one ?? other) || (one ?? other)?.optional) continue;
      return [name, `only the ${one ? "left" : "right"} side has the label "${name}"`];
    }
    const shared = !one.values || !other.values || one.values.some((value) => other.values?.includes(value));
    if (shared || (one.optional && other.optional)) continue;
    return [name, `"${name}" is ${one.values} on the left and ${other.values} on the right`];
  }
  return undefined;
}

function keepMatchedLabels(series: Series, matching?: Matching): Series {
  if (!matching) return series;
  const listed = matching.names.labels.map(({ name }) => name);
  return matching.on ? keepLabels(series, listed, matching.names.variable) : dropLabels(series, listed);
}

function includeLabels(many: Series, one: Series, matching: Matching): Series {
  const labels = new Map(many.labels);
  for (const { name } of matching.include?.labels ?? []) {
    const label = labelOf(one, name);
    if (label) labels.set(name, label);
    else labels.delete(name);
  }
  return { ...many, labels, open: many.open || matching.include?.variable === true };
}
