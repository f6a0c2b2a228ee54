import type { RecordedSeries, Sample } from "./recorded-series";
import type { Recording } from "./recording";

/**
 * Each series once, with its samples from all recordings in the order of time. In the gaps between recordings, every
 * series is marked as stale, so that a query after the pause does not find the values from before it.
 */
export function mergedSeries(recordings: readonly Recording[]): readonly RecordedSeries[] {
  const merged = new Map<string, { readonly labels: RecordedSeries["labels"]; readonly values: Values }>();
  for (const { labels, samples } of recordings.flatMap(({ series }) => series)) {
    const key = JSON.stringify(Object.entries(labels).sort());
    const found = merged.get(key) ?? { labels, values: new Map() };
    for (const { time, value } of samples) found.values.set(time, found.values.get(time) ?? value);
    merged.set(key, found);
  }
  const ends = pauses(recordings);
  return [...merged.values()].map(({ labels, values }) => ({ labels, samples: withEnds(inOrder(values), ends) }));
}

type Values = Map<number, number | undefined>;

function inOrder(values: Values): readonly Sample[] {
  return [...values].map(([time, value]) => ({ time, value })).sort((one, other) => one.time - other.time);
}

/** The ends of recordings that no other recording continues. */
function pauses(recordings: readonly Recording[]): readonly number[] {
  const continues = (end: number) => recordings.some(({ begin, to }) => begin <= end && end < to);
  return [...new Set(recordings.map(({ to }) => to))].filter((end) => !continues(end));
}

function withEnds(samples: readonly Sample[], ends: readonly number[]): readonly Sample[] {
  const markers = ends.flatMap((end) => {
    const last = samples.findLast(({ time }) => time <= end);
    return last?.value === undefined ? [] : [{ time: end + 1, value: undefined }];
  });
  return [...samples, ...markers].sort((one, other) => one.time - other.time);
}
