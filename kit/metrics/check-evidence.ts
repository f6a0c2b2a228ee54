import { suggestion } from "../queries/matching";
import { matchesWhole } from "../queries/regular-expression";
import type { LabelValues } from "./label-values";
import { boundary, type Metric } from "./metric";
import type { Evidence } from "./read-evidence";

/**
 * Differences between a catalogue and a scrape of the real program, as sentences.
 *
 * @param capture the command that captures the scrape again
 */
export function evidenceContradictions(
  metrics: readonly Metric[],
  { types, samples }: Evidence,
  capture: string,
): string[] {
  return metrics.flatMap((metric) => {
    if (prometheusMetric.test(metric.name)) return [];
    const type = types.get(metric.name) ?? types.get(metric.name.replace(/_(bucket|sum|count)$/, ""));
    const found = samples.get(metric.name) ?? [];
    if (found.length === 0 || type === undefined) {
      const known = suggestion(metric.name, [...samples.keys()]);
      return [
        `${metric} is not exposed: ${known}${known.endsWith("?") ? "" : "."} Otherwise, capture its evidence again: ${capture}`,
      ];
    }
    return [
      ...(type === metric.type ? [] : [`${metric} is a ${type}, not a ${metric.type}`]),
      ...labelContradictions(metric, found),
    ];
  });
}

/** Metrics that Prometheus itself writes with every scrape. */
export const prometheusMetric = /^(up|scrape_\w+)$/;

function labelContradictions(metric: Metric, samples: readonly Readonly<Record<string, string>>[]): string[] {
  // Prometheus treats an empty label as a missing label.
  const exposed = new Set(samples.flatMap((sample) => Object.keys(sample).filter((name) => sample[name])));
  const undeclared = [...exposed].filter((name) => !metric.labels.has(name));
  const declared = [...metric.labels].flatMap(([name, label]) => {
    const given = samples.flatMap((sample) => storedValue(name, sample[name]) || []);
    const missing = given.length === 0 || (!label.optional && given.length < samples.length);
    return [
      ...(missing ? [`${metric} ${given.length === 0 ? "never" : "not always"} has the label "${name}"`] : []),
      ...strangeValues(label, new Set(given)).map((value) => `${metric} also has ${name}="${value}"`),
      ...unseenValues(label, new Set(given)).map(
        (value) =>
          `${metric} never has ${name}="${value}": remove the value, or declare the event after which it exists`,
      ),
    ];
  });
  return [...undeclared.map((name) => `${metric} has a label "${name}" that the catalogue lacks`), ...declared];
}

function strangeValues({ values, pattern }: LabelValues, given: ReadonlySet<string>): string[] {
  const isKnown = values ? (value: string) => values.includes(value) : matchesWhole(pattern ?? ".*");
  return [...given].filter((value) => !isKnown(value));
}

function unseenValues({ values = [], eventValues }: LabelValues, given: ReadonlySet<string>): string[] {
  return values.filter((value) => !given.has(value) && !eventValues?.has(value));
}

/** The value as Prometheus stores it: it converts the bound of a bucket to a float. */
function storedValue(label: string, value: string | undefined): string | undefined {
  return label === "le" && value !== undefined && value !== "+Inf" ? boundary(Number(value)) : value;
}
