import { suggestion } from "./matching";
import type { Report, Span } from "./query-finding";
import { distinctSeries, dropNames, type Label, labelNames, labelOf, lacks, type Series } from "./series";

/** Names in `by (…)`, `on (…)` and similar clauses; `variable` is true if Grafana inserts them. */
export interface Names extends Span {
  readonly labels: readonly (Span & { readonly name: string })[];
  readonly variable: boolean;
}

/** The series with the labels that `by (…)` or `without (…)` keeps; reports names that the operand lacks. */
export function groupSeries(
  series: readonly Series[],
  grouping: Names,
  without: boolean,
  report: Report,
): readonly Series[] {
  for (const at of grouping.labels.filter(({ name }) => lacks(series, name))) {
    report(at, `groups by "${at.name}", which the operand lacks`, suggestion(at.name, labelNames(series)));
  }
  const listed = grouping.labels.map(({ name }) => name);
  const groups = series.map((one) => (without ? dropLabels(one, listed) : keepLabels(one, listed, grouping.variable)));
  return distinctSeries(dropNames(groups));
}

export function dropLabels(series: Series, names: readonly string[]): Series {
  return { ...series, labels: new Map([...series.labels].filter(([name]) => !names.includes(name))) };
}

/** Only these labels. A label that an open group may have stays optional. */
export function keepLabels(series: Series, names: readonly string[], open = false): Series {
  const labels = names.flatMap((name): [string, Label][] => {
    const label = labelOf(series, name);
    return label ? [[name, label]] : [];
  });
  return { ...series, labels: new Map(labels), open };
}
