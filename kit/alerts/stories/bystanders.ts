import type { Vocabulary } from "../../queries/series";
import { otherValues } from "./other-values";
import type { Samples } from "./samples";
import { selectorsOf, withLabel } from "./series-labels";
import type { Reading, StoryEnvironment } from "./story-environment";

/** Series of something else that an alert is about, with the value of a label by which it tells them apart. */
export interface Neighbour {
  readonly label: string;
  readonly value: string;
  readonly series: readonly Samples[];
}

/**
 * Series that the alert must not read: each differs in one label from a series that a matcher on this label selects, and no
 * selector of the alert selects it. Where the matcher is missing, the alert reads them too.
 */
export function strangers(source: readonly Samples[], reading: Reading, vocabulary: Vocabulary): readonly Samples[] {
  const matched = new Set(reading.selectors.flatMap(({ matchers }) => matchers.map(({ label }) => label)));
  return [...matched].flatMap((label) => {
    const read = source.filter((samples) =>
      selectorsOf(samples, reading.selectors).some(({ matchers }) => matchers.some((one) => one.label === label)),
    );
    // Those of one value: a stranger is one other thing, and not all of them at once.
    return read
      .filter(({ labels }) => labels[label] === read[0]?.labels[label])
      .flatMap((samples) => {
        const others = otherValues(samples, label, vocabulary).map((value) => withLabel(samples, label, value));
        return others.find((other) => selectorsOf(other, reading.selectors).length === 0) ?? [];
      });
  });
}

/**
 * Series that the alert must keep apart: for each label that identifies what it fires for, those of another value. Where a
 * grouping or a join lacks the label, they are mixed with those of the story.
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
