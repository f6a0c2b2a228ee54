import type { Evidence } from "./evidence";
import { boundary, type Metric } from "./metric";

/** In which points a catalogue and a scrape of the real thing disagree, as sentences. */
export function contradictions(metrics: readonly Metric[], { types, samples }: Evidence): string[] {
  return metrics.flatMap((metric) => {
    if (madeByPrometheus.test(metric.name)) return [];
    const type = types.get(metric.name) ?? types.get(metric.name.replace(/_(bucket|sum|count)$/, ""));
    const found = samples.get(metric.name) ?? [];
    if (found.length === 0 || type === undefined) return [`${metric} is not exposed`];
    return [
      ...(type === metric.type ? [] : [`${metric} is a ${type}, not a ${metric.type}`]),
      ...labels(metric, found),
    ];
  });
}

/** No program exposes these: Prometheus writes them with every scrape. */
export const madeByPrometheus = /^(up|scrape_\w+)$/;

function labels(metric: Metric, samples: readonly Readonly<Record<string, string>>[]): string[] {
  // To Prometheus an empty label is none.
  const exposed = new Set(samples.flatMap((sample) => Object.keys(sample).filter((name) => sample[name])));
  const undeclared = [...exposed].filter((name) => !metric.labels.has(name));
  const declared = [...metric.labels].flatMap(([name, { optional, values }]) => {
    const given = samples.map((sample) => stored(name, sample[name])).filter((value) => value);
    const strange = [...new Set(given)].filter((value) => value && values && !values.includes(value));
    const missing = given.length === 0 || (!optional && given.length < samples.length);
    return [
      ...(missing ? [`${metric} ${given.length === 0 ? "never" : "not always"} has the label "${name}"`] : []),
      ...strange.map((value) => `${metric} also has ${name}="${value}"`),
    ];
  });
  return [...undeclared.map((name) => `${metric} has a label "${name}" that the catalogue lacks`), ...declared];
}

/** Whatever the program writes, Prometheus stores the bound of a bucket as a float. */
function stored(label: string, value: string | undefined): string | undefined {
  return label === "le" && value !== undefined && value !== "+Inf" ? boundary(Number(value)) : value;
}
