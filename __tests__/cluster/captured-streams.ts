import type { Labels } from "../../commands/preview/recorded-series";
import type { Line, RecordedStream } from "../../commands/preview/recorded-stream";
import { request } from "../../commands/request";
import type { Window } from "./captured-series";

/** The maximum number of lines that Loki returns at once. */
const page = 5000;

/**
 * The lines of the pod that floods the log are left out: hundreds of thousands of equal lines would be most of the
 * recording.
 */
const recordedLines = '{namespace=~".+", app!="floods"}';

/** Every line that Loki has received in these minutes, except those of a flood. @param url of Loki */
export async function capturedStreams(url: string, { begin, to }: Window): Promise<RecordedStream[]> {
  const streams = new Map<string, { readonly labels: Labels; readonly lines: Line[] }>();
  const end = nanoseconds(to);
  for (let start = nanoseconds(begin), full = true; full; ) {
    const found = await lines(url, start, end);
    for (const { labels, line } of found) {
      const key = JSON.stringify(labels);
      const stream = streams.get(key) ?? { labels, lines: [] };
      stream.lines.push(line);
      streams.set(key, stream);
      if (line.time >= start) start = line.time + 1n;
    }
    full = found.length >= page;
  }
  return [...streams.values()];
}

/**
 * The answer to a query for lines, as the HTTP API of Loki returns it, with structured metadata separate from labels.
 * Only the fields that we read are listed.
 * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time
 */
interface Answer {
  readonly data: {
    readonly result: readonly {
      readonly stream: Labels;
      readonly values: readonly (readonly [
        nanoseconds: string,
        text: string,
        apart?: { structuredMetadata?: Labels },
      ])[];
    }[];
  };
}

async function lines(url: string, start: bigint, end: bigint): Promise<{ labels: Labels; line: Line }[]> {
  const parameters = {
    query: recordedLines,
    start: `${start}`,
    end: `${end}`,
    limit: `${page}`,
    direction: "forward",
  };
  const response = await request(`${url}/loki/api/v1/query_range?${new URLSearchParams(parameters)}`, {
    headers: { "X-Loki-Response-Encoding-Flags": "categorize-labels" },
  });
  if (!response.ok) throw new Error(`Loki refused a query for lines: ${await response.text()}`);
  const { data }: Answer = JSON.parse(await response.text());
  return data.result
    .flatMap(({ stream, values }) =>
      values.map(([time, text, { structuredMetadata = {} } = {}]) => ({
        labels: stream,
        line: { time: BigInt(time), text, metadata: structuredMetadata },
      })),
    )
    .sort((one, other) => (one.line.time < other.line.time ? -1 : 1));
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(milliseconds) * 1_000_000n;
}
