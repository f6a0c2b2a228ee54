import type { UnitByLabel, ValueUnit } from "./units";

/**
 * Facts about a label. It is closed (`values` or `pattern`) or open (`open`); a query that matches on a label
 * that is neither cannot be checked, and is refused.
 */
export interface Label {
  /** All values that the label can have. @default not listed */
  readonly values?: readonly string[];
  /** The regular expression that every value matches as a whole, where there are too many to list. @default none */
  readonly pattern?: string;
  /** Why the label can have any value. @default it is closed, or its values are not declared */
  readonly open?: string;
  /** The values of an open label that a query may name; series may have others. @default any value */
  readonly named?: readonly string[];
  /** Whether some of the series lack the label. @default false */
  readonly optional?: boolean;
  /** The unit of the values, which are numbers, such as the bounds of buckets in `le`. @default the values are names */
  readonly unit?: ValueUnit;
}

/** A group of similar series: the series of a metric from one source, or one branch of an expression. */
export interface Series {
  readonly labels: ReadonlyMap<string, Label>;
  /** Whether series may have other labels. */
  readonly open: boolean;
  /** `counter`: a cumulative value, of which only the change is meaningful; also the buckets, sum and count of a histogram. */
  readonly kind: "counter" | "gauge" | "unknown";
  /** The name of the metric of the series, for messages. @default unknown */
  readonly metric?: string;
  /** Whether the series still have the name of their metric in the label `__name__`. @default false */
  readonly named?: boolean;
  /** The largest value that the series can have. @default any value */
  readonly most?: number;
  /** Seconds between two samples. @default unknown, and ranges are not checked */
  readonly interval?: number;
  /** The unit of the values. @default unknown, or `unitBy` is set instead */
  readonly unit?: ValueUnit;
  /** The units of the values if they depend on a label. @default they do not depend on a label */
  readonly unitBy?: UnitByLabel;
}

/** Series about which nothing is known. */
export const anySeries: Series = { labels: new Map(), open: true, kind: "unknown" };

/**
 * The series that a recording rule writes: those of its expression, with the name and the labels of the rule.
 * @param series those of the expression. @default nothing is known about them
 */
export function recordedSeries(
  record: string,
  labels: Readonly<Record<string, string>>,
  series: readonly Series[] = [anySeries],
): readonly Series[] {
  const added = Object.entries(labels).map(([name, value]) => [name, { values: [value] }] as const);
  return series.map((one) => ({ ...one, metric: record, labels: new Map([...one.labels, ...added]) }));
}

/** A label that a query computes or extracts from a line: its values are unknown. */
export const computed: Label = { open: "a query computes it" };

/** Every metric that can be queried by name, with its sources. */
export type Vocabulary = ReadonlyMap<string, readonly Series[]>;

/** Label names that groups of series share or do not share. */
export function labelNames(series: readonly Series[]): string[] {
  return [...new Set(series.flatMap(({ labels }) => [...labels.keys()]))];
}

/** Facts about a label of the group, including the name of its metric; undefined if the group cannot have it. */
export function labelOf({ labels, named, metric, open }: Series, name: string): Label | undefined {
  const label = labels.get(name);
  if (label) return label;
  if (named && name === "__name__") return metric === undefined ? computed : { values: [metric] };
  return open ? { ...computed, optional: true } : undefined;
}

/** Whether no group can have the label. */
export function lacks(series: readonly Series[], name: string): boolean {
  return series.every((one) => labelOf(one, name) === undefined);
}

/** The groups without the name of their metric, which Prometheus drops when it computes a value. */
export function dropNames(series: readonly Series[]): readonly Series[] {
  return series.map((one) => {
    if (!one.named) return one;
    const { named: _, ...rest } = one;
    return rest;
  });
}

/** The groups without their largest value, which does not apply to computed values. */
export function dropBounds(series: readonly Series[]): readonly Series[] {
  return series.map((one) => {
    if (one.most === undefined) return one;
    const { most: _, ...rest } = one;
    return rest;
  });
}

/** The group with values in another unit, or in an unknown one. */
export function setUnit(series: Series, unit: ValueUnit | undefined): Series {
  if (series.unit === unit) return series;
  const { unit: _, ...rest } = series;
  return unit === undefined ? rest : { ...rest, unit };
}

/** One group for each unit of its series, if the unit depends on a label with known values. */
export function splitByUnit(series: Series): readonly Series[] {
  const { unitBy, ...rest } = series;
  const label = unitBy && series.labels.get(unitBy.label);
  if (!unitBy || !label?.values) return [series];
  const units = [...new Set(label.values.map((value) => unitBy.units[value]))];
  return units.map((unit) => {
    const values = label.values?.filter((value) => unitBy.units[value] === unit) ?? [];
    return setUnit({ ...rest, labels: new Map(series.labels).set(unitBy.label, { ...label, values }) }, unit);
  });
}

/** The groups without duplicates. */
export function distinctSeries(series: readonly Series[]): readonly Series[] {
  if (series.length < 2) return series;
  const seen = new Map(
    series.map((one) => {
      const { labels, open, kind, metric, named, most, unit } = one;
      return [JSON.stringify([[...labels].sort(), open, kind, metric, named, most, unit]), one];
    }),
  );
  return [...seen.values()];
}

/** A text with all facts about the groups: queries cannot distinguish groups with the same text. */
export function fingerprint(series: readonly Series[] | undefined): string {
  return series ? series.map(numberOf).join("+") : "unknown";
}

const numbers = new WeakMap<Series, number>();
const said = new Map<string, number>();

function numberOf(series: Series): number {
  const known = numbers.get(series);
  if (known !== undefined) return known;
  const text = JSON.stringify({ ...series, labels: [...series.labels] });
  const number = said.get(text) ?? said.size;
  said.set(text, number);
  numbers.set(series, number);
  return number;
}
