import { listedValues } from "../../queries/possible-values";
import type { Label, Vocabulary } from "../../queries/series";
import type { Samples } from "./samples";

/** The name of pods, queues, routes and so on that are added to a scenario. */
const bystander = "bystander";

/**
 * Other values that a label of the series may have in the sources that expose the metric; "" if the label may be
 * missing. For an open label, names that queries contain come before an unknown name.
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
