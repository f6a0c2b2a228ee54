export type Labels = Readonly<Record<string, string>>;

/**
 * The name of a series by Grafana's rules: `{{label}}` is replaced by the label's value.
 * @returns undefined if Grafana composes the name from the labels that differ
 */
export function legend(format: string | undefined, labels: Labels, query: string): string | undefined {
  if (format === "__auto" && Object.keys(labels).length > 0) return undefined;
  if (format && format !== "__auto") return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label) => labels[label] ?? "");
  const name = seriesName(labels);
  return name === "{}" ? query : name;
}

/** A series as PromQL selects it: `up{job="erp-api"}`. */
export function seriesName({ __name__ = "", ...labels }: Labels): string {
  const pairs = Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}="${value}"`);
  return pairs.length > 0 || __name__ === "" ? `${__name__}{${pairs.join(", ")}}` : __name__;
}
