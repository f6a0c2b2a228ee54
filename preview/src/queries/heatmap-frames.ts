import type { Frame } from "./frame";
import { sampleValue } from "./sample-value";

/**
 * Buckets of a histogram over time, lowest first, each without the counts of lower buckets, which Prometheus
 * includes.
 * @param frames a series for each bucket, with the label `le`
 */
export function heatmapFrames(frames: readonly Frame[]): readonly Frame[] {
  const buckets = frames
    .map((frame) => ({ frame, limit: sampleValue(frame.fields[1]?.labels?.le ?? "") }))
    .sort((a, b) => a.limit - b.limit);
  return buckets.map(({ frame }, index) => {
    const [time, value] = frame.fields;
    const lower = index > 0 ? buckets[index - 1]?.frame : undefined;
    if (!time || !value || !lower) return frame;
    const below = new Map(lower.fields[0]?.values.map((at, row) => [at, Number(lower.fields[1]?.values[row])]));
    const values = value.values.map((total, row) => Math.max(0, Number(total) - (below.get(time.values[row]) ?? 0)));
    return { ...frame, fields: [time, { ...value, values }] };
  });
}
