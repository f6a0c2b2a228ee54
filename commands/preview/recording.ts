import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { decodeSeries, type EncodedSeries, encodeSeries, type RecordedSeries } from "./recorded-series";
import { decodeStream, type EncodedStream, encodeStream, type RecordedStream } from "./recorded-stream";

/** The samples and lines of a test cluster for a few minutes in which one thing happened. */
export interface Recording {
  /** Name of the slice and of its file. */
  readonly name: string;
  /** Short description of what happened. */
  readonly title: string;
  /** Whether the system was healthy all the time, was changed as planned, or had an outage or another problem. */
  readonly kind: "quiet" | "change" | "trouble";
  /** When the samples begin, in milliseconds since 1970: rates need samples from before the minutes that are drawn. */
  readonly begin: number;
  /** When the minutes that are drawn begin, in milliseconds since 1970. */
  readonly from: number;
  /** When the samples and lines end, in milliseconds since 1970. */
  readonly to: number;
  /** When and of which versions it was captured. */
  readonly occasion: string;
  readonly series: readonly RecordedSeries[];
  readonly streams: readonly RecordedStream[];
}

/** The contents of a file: samples and lines are encoded in a shorter form. */
interface Encoded extends Omit<Recording, "series" | "streams"> {
  /** Timestamps that several series share. */
  readonly clocks: readonly (readonly number[])[];
  readonly series: readonly EncodedSeries[];
  readonly streams: readonly EncodedStream[];
}

/** The bytes of the file of a recording: JSON, compressed by Brotli. */
export function encodeRecording({ series, streams, ...facts }: Recording): Buffer {
  const encoded: Encoded = {
    ...facts,
    ...encodeSeries(series, facts.begin),
    streams: streams.map((stream) => encodeStream(stream, facts.begin)),
  };
  const bytes = Buffer.from(JSON.stringify(encoded));
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
  });
}

export function decodeRecording(bytes: Buffer): Recording {
  const { clocks, series, streams, ...facts }: Encoded = JSON.parse(brotliDecompressSync(bytes).toString());
  return {
    ...facts,
    series: decodeSeries({ clocks, series }, facts.begin),
    streams: streams.map((stream) => decodeStream(stream, facts.begin)),
  };
}
