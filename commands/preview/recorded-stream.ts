import type { Labels } from "./recorded-series";

/** Lines of one stream of Loki, in the order of their times. */
export interface RecordedStream {
  readonly labels: Labels;
  readonly lines: readonly Line[];
}

export interface Line {
  /** In nanoseconds since 1970, which is more than a number can represent. */
  readonly time: bigint;
  readonly text: string;
  /** Structured metadata. */
  readonly metadata: Labels;
}

/** A stream of Loki in the file of a recording. */
export interface EncodedStream {
  readonly labels: Labels;
  readonly lines: readonly EncodedLine[];
}

/** Nanoseconds since the line before it, or since the begin of the recording; its text; and its structured metadata, if any. */
type EncodedLine = readonly [step: number, text: string, metadata?: Labels];

export function encodeStream({ labels, lines }: RecordedStream, begin: number): EncodedStream {
  let before = nanoseconds(begin);
  const encoded = lines.map(({ time, text, metadata }): EncodedLine => {
    const step = Number(time - before);
    before = time;
    return Object.keys(metadata).length === 0 ? [step, text] : [step, text, metadata];
  });
  return { labels, lines: encoded };
}

export function decodeStream({ labels, lines }: EncodedStream, begin: number): RecordedStream {
  let time = nanoseconds(begin);
  const decoded = lines.map(([step, text, metadata = {}]): Line => {
    time += BigInt(step);
    return { time, text, metadata };
  });
  return { labels, lines: decoded };
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(milliseconds) * 1_000_000n;
}
