import { escapePattern } from "../queries/escape-pattern";
import { labelNames, type Series } from "../queries/series";
import { labelsInBraces } from "./label-names";
import type { Target } from "./targets";

/** The known names of the columns, or of the lines, that a panel shows. */
export interface Columns {
  readonly names: readonly string[];
  /** Names that follow from the labels of a series, as patterns. */
  readonly patterns: readonly RegExp[];
  /** Labels of series that are not columns yet. */
  readonly labels: readonly string[];
  /** Whether there may be other columns too. */
  readonly open: boolean;
}

/** A query of a panel, and the groups of series that it returns: undefined if these are not known. */
export interface Answer {
  readonly target: Target;
  readonly series: readonly Series[] | undefined;
}

/** The columns that Grafana creates from the answers, before any transformation. */
export function columnsOf(answers: readonly Answer[]): Columns {
  const parts = answers.map(columnsOfOne);
  return {
    names: [...new Set(parts.flatMap(({ names }) => names))],
    patterns: parts.flatMap(({ patterns }) => patterns),
    labels: [...new Set(parts.flatMap(({ labels }) => labels))],
    open: parts.some(({ open }) => open),
  };
}

export function hasColumn({ names, patterns, open }: Columns, name: string): boolean {
  // If several results are joined, Grafana adds numbers to columns of the same name.
  const plain = name.replace(/ \d+$/, "");
  return open || names.includes(name) || names.includes(plain) || patterns.some((pattern) => pattern.test(name));
}

/**
 * A result in the format `table` has a column for each label; any other has a line for each series, named by its
 * legend.
 * @see https://grafana.com/docs/grafana/latest/datasources/prometheus/query-editor/#format
 */
function columnsOfOne({ target, series }: Answer): Columns {
  const { refId, datasource, format, legendFormat = "" } = target;
  const value = ["Time", "Value", `Value #${refId}`];
  const known = datasource?.type === "prometheus" && series !== undefined && format !== "heatmap";
  const open = !known || series.some((one) => one.open);
  const labels = [...labelNames(series ?? []), ...(series?.some(({ named }) => named) ? ["__name__"] : [])];
  if (format === "table") return { names: [...value, ...labels], patterns: [], labels: [], open };
  const automatic = legendFormat === "" || legendFormat === "__auto";
  return { names: value, patterns: automatic ? [] : [pattern(legendFormat)], labels, open: open || automatic };
}

/** The names that a legend can produce: any text in place of its labels and variables. */
function pattern(legend: string): RegExp {
  const labels = labelsInBraces(legend).length > 0 ? /\{\{.+?\}\}|\$\{\w+\}|\$\w+/ : /\$\{\w+\}|\$\w+/;
  const literal = legend.split(labels).map(escapePattern);
  return new RegExp(`^${literal.join(".*")}$`);
}
