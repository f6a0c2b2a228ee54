import type { Line, RecordedStream } from "./recorded-stream";
import type { Recording } from "./recording";

/** Each stream once, with its lines from all recordings in the order of time, and each line once. */
export function mergedStreams(recordings: readonly Recording[]): readonly RecordedStream[] {
  const merged = new Map<string, { readonly labels: RecordedStream["labels"]; readonly lines: Map<string, Line> }>();
  for (const { labels, lines } of recordings.flatMap(({ streams }) => streams)) {
    const key = JSON.stringify(Object.entries(labels).sort());
    const found = merged.get(key) ?? { labels, lines: new Map() };
    for (const line of lines) found.lines.set(`${line.time} ${line.text}`, line);
    merged.set(key, found);
  }
  return [...merged.values()].map(({ labels, lines }) => ({
    labels,
    lines: [...lines.values()].sort((one, other) => Number(one.time - other.time)),
  }));
}
