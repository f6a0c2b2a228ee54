import type { UnitByLabel, ValueUnit } from "./units";

/**
 * A label, as far as it is known. It is closed (`values` or `pattern`) or open (`open`); a query that matches on a label
 * that is neither cannot be checked, and is refused.
 */
export interface Label {
  /** All values that the label can have. @default they are not listed */
  readonly values?: readonly string[];
  /** The regular expression that every value matches as a whole, where there are too many to list. @default none */
  readonly pattern?: string;
  /** Why the label can have any value. @default it is closed, or its values are not declared */
  readonly open?: string;
  /** The values of an open label that a query may name; series may have others. @default a query may name any */
  readonly named?: readonly string[];
  /** Whether some of the series lack the label. @default false */
  readonly optional?: boolean;
  /** The unit of the values, which are numbers, such as the bounds of buckets in `le`. @default the values are names */
  readonly unit?: ValueUnit;
}

/** A group of like series: what one source gives under a metric's name, or one branch of what an expression yields. */
export interface Series {
  readonly labels: ReadonlyMap<string, Label>;
  /** There may be labels besides those. */
  readonly open: boolean;
  /** `counter`: cumulative, only its change means something; also the buckets, sum and count of a histogram. */
  readonly kind: "counter" | "gauge" | "unknown";
  /** The name of the metric that the series come from, which messages contain. @default unknown */
  readonly metric?: string;
  /** Whether the series still have the name of their metric, as the label `__name__`. @default false */
  readonly named?: boolean;
  /** The largest value that the series can have. @default any value */
  readonly most?: number;
  /** The seconds that lie between two samples. @default unknown, and ranges are not checked against it */
  readonly interval?: number;
  /** The unit of the values. @default unknown, or `unitBy` is set instead */
  readonly unit?: ValueUnit;
  /** The units of the values where they depend on a label. @default they depend on none */
  readonly unitBy?: UnitByLabel;
}

/** A label that a query computes or takes out of a line, so that nothing is known of its values. */
export const computed: Label = { open: "a query computes it" };

/** Every metric that may be asked for by name, with its sources. */
export type Vocabulary = ReadonlyMap<string, readonly Series[]>;

/** Names among which several groups of series agree or differ. */
export function labelNames(series: readonly Series[]): string[] {
  return [...new Set(series.flatMap(({ labels }) => [...labels.keys()]))];
}

/** What is known of a label of the group, the name of its metric included; nothing when the group cannot have it. */
export function labelOf({ labels, named, metric, open }: Series, name: string): Label | undefined {
  const label = labels.get(name);
  if (label) return label;
  if (named && name === "__name__") return metric === undefined ? computed : { values: [metric] };
  return open ? { ...computed, optional: true } : undefined;
}

/** No group has the label, and none could. */
export function lacks(series: readonly Series[], name: string): boolean {
  return series.every((one) => labelOf(one, name) === undefined);
}

/** The groups without the name of their metric, which Prometheus drops where it computes a value. */
export function dropNames(series: readonly Series[]): readonly Series[] {
  return series.map((one) => {
    if (!one.named) return one;
    const { named: _, ...rest } = one;
    return rest;
  });
}

/** The groups without their largest value, of which a new value says nothing. */
export function dropBounds(series: readonly Series[]): readonly Series[] {
  return series.map((one) => {
    if (one.most === undefined) return one;
    const { most: _, ...rest } = one;
    return rest;
  });
}

/** The group with values in another unit, or in one that is not known. */
export function setUnit(series: Series, unit: ValueUnit | undefined): Series {
  if (series.unit === unit) return series;
  const { unit: _, ...rest } = series;
  return unit === undefined ? rest : { ...rest, unit };
}

/** A group for each unit that its series have, where that depends on a label whose values are known. */
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

/** The groups without those that say the same. */
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

/** A name for all that the groups say: where it is the same, no query can tell them apart. */
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
