import type { Vocabulary } from "../../queries/series";
import { otherValues } from "./other-values";
import type { Samples } from "./samples";
import { selectorsOf, withLabel } from "./series-labels";
import type { Reading, StoryEnvironment } from "./story-environment";

/** Series of another thing, with the value of the label by which the alert distinguishes things. */
export interface Neighbour {
  readonly label: string;
  readonly value: string;
  readonly series: readonly Samples[];
}

/**
 * Series that the alert must not read: each differs in one label from a series that a matcher on this label selects, and no
 * selector of the alert selects it. Without the matcher, the alert reads them too.
 */
export function strangers(source: readonly Samples[], reading: Reading, vocabulary: Vocabulary): readonly Samples[] {
  const matched = new Set(reading.selectors.flatMap(({ matchers }) => matchers.map(({ label }) => label)));
  return [...matched].flatMap((label) => {
    const read = source.filter((samples) =>
      selectorsOf(samples, reading.selectors).some(({ matchers }) => matchers.some((one) => one.label === label)),
    );
    // Series with one value of the label: a stranger is one other thing, not several at once.
    return read
      .filter(({ labels }) => labels[label] === read[0]?.labels[label])
      .flatMap((samples) => {
        const others = otherValues(samples, label, vocabulary).map((value) => withLabel(samples, label, value));
        return others.find((other) => selectorsOf(other, reading.selectors).length === 0) ?? [];
      });
  });
}

/**
 * Series that the alert must keep separate: for each label that identifies a firing series, series with another
 * value. If a grouping or a join lacks the label, they are mixed with those of the scenario.
 */
export function neighbours(
  source: readonly Samples[],
  given: readonly Samples[],
  { alert, vocabulary }: StoryEnvironment,
  reading: Reading,
): readonly Neighbour[] {
  return (alert.on ?? []).flatMap((label) => {
    const origin = reading.origins.get(label) ?? label;
    const involved = new Set(given.map(({ labels }) => labels[origin]));
    const own = source.find(({ labels }) => labels[origin] !== undefined)?.labels[origin];
    const touched = own === undefined ? [] : source.filter(({ labels }) => labels[origin] === own);
    const isRead = (value: string) => touched.every((samples) => staysRead(samples, origin, value, reading));
    const possible = touched.map((samples) => otherValues(samples, origin, vocabulary));
    const value = possible[0]?.find(
      (one) => one !== "" && !involved.has(one) && possible.every((all) => all.includes(one)) && isRead(one),
    );
    return value === undefined
      ? []
      : [{ label, value, series: touched.map((samples) => withLabel(samples, origin, value)) }];
  });
}

/** Whether the same selectors select the series with another value of the label. */
export function staysRead(samples: Samples, label: string, value: string, { selectors }: Reading): boolean {
  const before = selectorsOf(samples, selectors);
  const after = selectorsOf(withLabel(samples, label, value), selectors);
  return before.length === after.length && before.every((selector) => after.includes(selector));
}
