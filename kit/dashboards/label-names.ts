import type { Fault } from "../../faults";
import { hasVariable } from "../queries/grafana-variables";
import { suggestion } from "../queries/matching";
import { labelNames, lacks, type Series } from "../queries/series";

/** The labels that a legend or the text of an annotation names: `{{queue}} in {{namespace}}`. */
export function labelsInBraces(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(.+?)\s*\}\}/g)].map(([, name = ""]) => name);
}

/** The labels of a series that a link or a display name reads: `${__field.labels.pod}`, `${__field.labels["pod"]}`. */
export function labelsOfField(text: string): string[] {
  const read = text.matchAll(/\$\{__field\.labels(?:\.(\w+)|\[\\*["'](.+?)\\*["']\])/g);
  return [...read].map(([, name, quoted]) => name ?? quoted ?? "");
}

/** Faults of labels in a text that no series of the result has: Grafana shows nothing for them. */
export function checkLabelNames(
  names: readonly string[],
  series: readonly Series[] | undefined,
  { place, text }: { readonly place: string; readonly text: string },
): Fault[] {
  if (series === undefined) return [];
  const missing = [...new Set(names)].filter((name) => !hasVariable(name) && lacks(series, name));
  return missing.map((name) => ({
    place,
    rule: `names the label "${name}", which the result of the query lacks`,
    value: text,
    remedy: suggestion(name, labelNames(series)),
  }));
}
