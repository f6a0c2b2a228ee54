import { type Selector, selects } from "../../queries/promql/selectors";
import type { Samples } from "./samples";

/** The series with another value of a label; "" takes the label away. Another pod that is scraped has another address. */
export function withLabel(samples: Samples, label: string, value: string): Samples {
  const { [label]: _own, ...rest } = samples.labels;
  const labels = value === "" ? rest : { ...rest, [label]: value };
  return { ...samples, labels: isScrapedPod(samples, label) ? { ...labels, instance: `${value}:1` } : labels };
}

function isScrapedPod({ metric }: Samples, label: string): boolean {
  return label === "pod" && "job" in metric && !metric.labels.has("pod") && "instance" in metric.job.labels;
}

/** Those of the selectors that select the series. */
export function selectorsOf({ metric, labels }: Samples, selectors: readonly Selector[]): readonly Selector[] {
  return selectors.filter((selector) => selects(selector, { name: metric.name, labels }));
}

/** Whether both are the same series, with whatever values. */
export function sameSeries(one: Samples, other: Samples): boolean {
  return identity(one) === identity(other);
}

/** The series without those that are the same as one before. */
export function distinctSamples(all: readonly Samples[]): readonly Samples[] {
  const known = new Set<string>();
  return all.filter((one) => !known.has(identity(one)) && known.add(identity(one)));
}

/** The metric and the labels of the series as a text, which the same series has wherever it comes from. */
export function identity({ metric, labels }: Samples): string {
  return JSON.stringify([metric.name, Object.entries(labels).sort()]);
}
