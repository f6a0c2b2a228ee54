import { listedValues } from "../../queries/possible-values";
import type { Label, Vocabulary } from "../../queries/series";
import type { Samples } from "./samples";

/** The name of the pods, queues, routes and so on that are added to a story. */
const bystander = "bystander";

/**
 * The values besides its own that a label of the series may have, in the sources that expose the metric; "" where the label
 * may be missing. Of an open label, the names that queries know come before one that nobody knows.
 */
export function otherValues({ metric, labels }: Samples, name: string, vocabulary: Vocabulary): readonly string[] {
  const own = labels[name] ?? "";
  const declared = (vocabulary.get(metric.name) ?? []).flatMap((series) => series.labels.get(name) ?? []);
  return [...new Set(declared.flatMap((label) => valuesOf(label, own)))].filter((value) => value !== own);
}

function valuesOf(label: Label, own: string): string[] {
  const invented = label.values || label.pattern !== undefined ? [] : [bystander, `${own}-${bystander}`];
  return [...(listedValues(label) ?? []), ...invented, ...(label.optional ? [""] : [])];
}
