import type { Report, Span } from "./finding";
import { meant } from "./matching";
import { distinct, type Label, labelNames, lacks, type Series } from "./series";

/** Names in `by (…)`, `on (…)` and their like; `variable` when Grafana completes them. */
export interface Names extends Span {
  readonly labels: readonly (Span & { readonly name: string })[];
  readonly variable: boolean;
}

/** What `by (…)` or `without (…)` leaves of the labels; reports names that the operand lacks. */
export function grouped(
  series: readonly Series[],
  grouping: Names,
  without: boolean,
  report: Report,
): readonly Series[] {
  for (const at of grouping.labels.filter(({ name }) => lacks(series, name))) {
    report(at, `grouped by "${at.name}", which the operand lacks`, meant(at.name, labelNames(series)));
  }
  const listed = grouping.labels.map(({ name }) => name);
  return distinct(series.map((one) => (without ? dropped(one, listed) : kept(one, listed, grouping.variable))));
}

export function dropped(series: Series, names: readonly string[]): Series {
  return { ...series, labels: new Map([...series.labels].filter(([name]) => !names.includes(name))) };
}

/** Only these labels; one that an open group may have stays as one that it may have. */
export function kept(series: Series, names: readonly string[], open = false): Series {
  const labels = names.flatMap((name): [string, Label][] => {
    const label = series.labels.get(name) ?? (series.open ? { optional: true } : undefined);
    return label ? [[name, label]] : [];
  });
  return { ...series, labels: new Map(labels), open };
}
