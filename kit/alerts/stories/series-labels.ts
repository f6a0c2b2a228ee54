import { type Selector, selects } from "../../queries/promql/selectors";
import type { Samples } from "./samples";

/** The series with another value of a label; "" removes the label. Another scraped pod has another address. */
export function withLabel(samples: Samples, label: string, value: string): Samples {
  const { [label]: _own, ...rest } = samples.labels;
  const labels = value === "" ? rest : { ...rest, [label]: value };
  return { ...samples, labels: isScrapedPod(samples, label) ? { ...labels, instance: `${value}:1` } : labels };
}

function isScrapedPod({ metric }: Samples, label: string): boolean {
  return label === "pod" && "job" in metric && !metric.labels.has("pod") && "instance" in metric.job.labels;
}

/** The selectors that select the series. */
export function selectorsOf({ metric, labels }: Samples, selectors: readonly Selector[]): readonly Selector[] {
  return selectors.filter((selector) => selects(selector, { name: metric.name, labels }));
}

/** Whether both are the same series, regardless of their values. */
export function sameSeries(one: Samples, other: Samples): boolean {
  return identity(one) === identity(other);
}

/** The series without duplicates. */
export function distinctSamples(all: readonly Samples[]): readonly Samples[] {
  const known = new Set<string>();
  return all.filter((one) => !known.has(identity(one)) && known.add(identity(one)));
}

/** A story compares the same series many times. */
const identities = new WeakMap<Samples, string>();

/** The metric and the labels of the series as a text that identifies it. */
export function identity(samples: Samples): string {
  const known = identities.get(samples);
  if (known !== undefined) return known;
  const { metric, labels } = samples;
  const names = Object.keys(labels).sort();
  const text = JSON.stringify([metric.name, ...names.flatMap((name) => [name, labels[name]])]);
  identities.set(samples, text);
  return text;
}
