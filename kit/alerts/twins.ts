import type { Aggregation } from "../queries/promql/aggregations";
import { type Selector, selects } from "../queries/promql/selectors";
import type { Vocabulary } from "../queries/series";
import { staysRead } from "./bystanders";
import { labelled } from "./labelled";
import { otherValues } from "./other-values";
import { scaled } from "./parts";
import type { Samples } from "./samples";
import type { Reading } from "./story-environment";

/** How the twins of an aggregation share what one series had, so that it yields the same. */
const shares: Readonly<Record<string, readonly [own: number, twin: number]>> = { sum: [0.5, 0.5], avg: [1.2, 0.8] };

/** How much of a series its twin has where only the largest or the smallest counts. */
const lesser: Readonly<Record<string, number>> = { max: 0.5, min: 1.5 };

/**
 * The series with a second one for each that an aggregation takes in: a second pod, a second device. The aggregation yields
 * the same as before; another one in its place does not.
 */
export function twins(given: readonly Samples[], reading: Reading, vocabulary: Vocabulary): readonly Samples[] {
  const state: State = { all: given, distinguishing: new Map() };
  return reading.aggregations.reduce((before, one) => withTwins(before, one, reading, vocabulary), state).all;
}

interface State {
  readonly all: readonly Samples[];
  /** The label in which twins of a metric differ, by its name. */
  readonly distinguishing: ReadonlyMap<string, string>;
}

function withTwins(before: State, aggregation: Aggregation, reading: Reading, vocabulary: Vocabulary): State {
  const { operator } = aggregation;
  const share = shares[operator] ?? (lesser[operator] === undefined ? undefined : ([1, lesser[operator]] as const));
  if (!share) return before;
  const among = (selectors: readonly Selector[], { metric, labels }: Samples) =>
    selectors.some((selector) => selects(selector, { name: metric.name, labels }));
  const taken = before.all.filter(
    (samples) => !before.distinguishing.has(samples.metric.name) && among(aggregation.selectors, samples),
  );
  // Series that are joined within the aggregation differ in the same label.
  const joined = aggregation.selectors.flatMap(({ name = "" }) => before.distinguishing.get(name) ?? []);
  const label = joined[0] ?? droppedLabel(taken, aggregation, reading, vocabulary);
  if (label === undefined) return before;
  const all = before.all.flatMap((samples) => {
    const value = taken.includes(samples) ? twinValue(samples, label, reading, vocabulary) : undefined;
    if (value === undefined) return [samples];
    const [own, other] = among(aggregation.sizing, samples) ? share : [1, 1];
    return [scaled(samples, own), labelled(scaled(samples, other), label, value)];
  });
  const added = taken.map(({ metric }) => [metric.name, label] as const);
  return { all, distinguishing: new Map([...before.distinguishing, ...added]) };
}

/** A label that the aggregation drops, and of which the story has one value where there might be others. */
function droppedLabel(
  taken: readonly Samples[],
  { drops }: Aggregation,
  reading: Reading,
  vocabulary: Vocabulary,
): string | undefined {
  const canVary = (name: string) =>
    taken.some((samples) => twinValue(samples, name, reading, vocabulary) !== undefined);
  const names = [...new Set(taken.flatMap(({ labels }) => Object.keys(labels)))].filter(drops).filter(canVary);
  const varies = names.some((name) => new Set(taken.map(({ labels }) => labels[name])).size > 1);
  return varies ? undefined : names[0];
}

function twinValue(samples: Samples, label: string, reading: Reading, vocabulary: Vocabulary): string | undefined {
  if (samples.labels[label] === undefined || isClosed(samples, label, vocabulary)) return undefined;
  return otherValues(samples, label, vocabulary).find(
    (value) => value !== "" && staysRead(samples, label, value, reading),
  );
}

/** Values of a closed label mean something: a second state is no second pod. */
function isClosed({ metric }: Samples, label: string, vocabulary: Vocabulary): boolean {
  return (vocabulary.get(metric.name) ?? []).some(({ labels }) => {
    const declared = labels.get(label);
    return declared?.values !== undefined || declared?.pattern !== undefined;
  });
}
