import type { Aggregation } from "../../queries/promql/aggregations";
import type { Selector } from "../../queries/promql/selectors";
import { staysRead } from "./bystanders";
import { otherValues } from "./other-values";
import { holdAt, scale } from "./parts";
import type { Samples } from "./samples";
import { identity, sameSeries, selectorsOf, withLabel } from "./series-labels";
import type { Reading, StoryEnvironment } from "./story-environment";

/**
 * The given series, and a twin of each series that an aggregation reads: a second pod, a second device. The result of
 * the aggregation stays the same; the result of another aggregation changes.
 *
 * @param calm the series before the trouble of the scenario; empty in a scenario without trouble
 */
export function twins(
  given: readonly Samples[],
  calm: readonly Samples[],
  reading: Reading,
  environment: StoryEnvironment,
): readonly Samples[] {
  const made = new Twins(calm, reading, environment);
  return reading.aggregations.reduce((all, aggregation) => made.of(all, aggregation), given);
}

class Twins {
  /** The label by which the series of a metric differ from their twins, by the name of the metric. */
  private readonly labels = new Map<string, string>();
  /** Series that already have a twin: an outer aggregation does not double them again. */
  private readonly done = new Set<string>();

  constructor(
    private readonly calm: readonly Samples[],
    private readonly reading: Reading,
    private readonly environment: StoryEnvironment,
  ) {}

  of(all: readonly Samples[], aggregation: Aggregation): readonly Samples[] {
    const { operator, selectors } = aggregation;
    if (!/^(sum|avg|max|min)$/.test(operator)) return all;
    const taken = all.filter((samples) => !this.done.has(identity(samples)) && isSelected(samples, selectors));
    // Series that are joined within the aggregation differ in the same label.
    const [joined] = selectors.flatMap(({ name = "" }) => this.labels.get(name) ?? []);
    const label = joined ?? this.droppedLabel(taken, aggregation);
    if (label === undefined) return all;
    for (const { metric } of taken) this.labels.set(metric.name, label);
    return all.flatMap((samples) => {
      if (!taken.includes(samples)) return [samples];
      const pair = this.pair(samples, label, aggregation);
      for (const one of pair) this.done.add(identity(one));
      return pair;
    });
  }

  /** The series and its twin. */
  private pair(samples: Samples, label: string, aggregation: Aggregation): readonly Samples[] {
    const { operator, sizing } = aggregation;
    const value = this.twinValue(samples, label);
    if (value === undefined) return [samples];
    const calm = this.calm.find((one) => sameSeries(one, samples));
    if (calm && this.firesByOne(aggregation)) return [samples, withLabel(calm, label, value)];
    if (this.isFlag(samples) && /^(max|min)$/.test(operator))
      return [samples, withLabel(holdAt(samples, operator === "max" ? 0 : 1), label, value)];
    const [own, twin] = isSelected(samples, sizing) ? this.shares(operator) : [1, 1];
    return [scale(samples, own), withLabel(scale(samples, twin), label, value)];
  }

  /** Whether the alert fires if all aggregated series except one are healthy. */
  private firesByOne({ operator, inverse }: Aggregation): boolean {
    return operator === ((this.environment.alert.comparison === ">") !== inverse ? "max" : "min");
  }

  /** The factors of the series and of its twin. A sum above 0 is not divided, so that the largest value stays the whole sum. */
  private shares(operator: string): readonly [own: number, twin: number] {
    if (operator === "sum") return this.environment.alert.limit.value === 0 ? [1, 0] : [0.5, 0.5];
    if (operator === "avg") return [1.2, 0.8];
    return [1, operator === "max" ? 0.5 : 1.5];
  }

  /**
   * A label that the aggregation drops. In each group of the scenario, all series have the same value of the label,
   * although other values are possible.
   */
  private droppedLabel(taken: readonly Samples[], { drops }: Aggregation): string | undefined {
    const canVary = (name: string) => taken.some((samples) => this.twinValue(samples, name) !== undefined);
    const names = [...new Set(taken.flatMap(({ labels }) => Object.keys(labels)))].filter(drops).filter(canVary);
    const groups = taken.map(({ metric, labels }) => {
      const kept = Object.entries(labels).filter(([name]) => !names.includes(name));
      return JSON.stringify([metric.name, kept.sort()]);
    });
    return new Set(groups).size < groups.length ? undefined : names[0];
  }

  private twinValue(samples: Samples, label: string): string | undefined {
    if (samples.labels[label] === undefined || this.isClosed(samples, label)) return undefined;
    return otherValues(samples, label, this.environment.vocabulary).find(
      (value) => value !== "" && staysRead(samples, label, value, this.reading),
    );
  }

  private isFlag({ metric }: Samples): boolean {
    return (this.environment.vocabulary.get(metric.name) ?? []).every(({ unit }) => unit === "flag");
  }

  /** Values of a closed label have a meaning: a second state is not a second pod. */
  private isClosed({ metric }: Samples, label: string): boolean {
    return (this.environment.vocabulary.get(metric.name) ?? []).some(({ labels }) => {
      const declared = labels.get(label);
      return declared?.values !== undefined || declared?.pattern !== undefined;
    });
  }
}

function isSelected(samples: Samples, selectors: readonly Selector[]): boolean {
  return selectorsOf(samples, selectors).length > 0;
}
