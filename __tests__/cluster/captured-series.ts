import type { Labels, RecordedSeries, Sample } from "../../commands/preview/recorded-series";
import { request } from "../../commands/request";

/** Times in milliseconds since 1970. */
export interface Window {
  readonly begin: number;
  readonly to: number;
}

/**
 * Raw samples of every series with one of these names. The API of Prometheus does not return staleness markers.
 *
 * @param url of Prometheus
 */
export async function capturedSeries(
  url: string,
  window: Window,
  names: ReadonlySet<string>,
): Promise<RecordedSeries[]> {
  const series: RecordedSeries[] = [];
  for (const name of [...names].sort()) series.push(...(await rawSeries(url, window, name)));
  return series.filter(({ labels }) => !isMountedByOthers(labels));
}

/**
 * Whether the series is about a mount of the machine's owner. The names of such mounts describe the machine, not the
 * cluster.
 */
export function isMountedByOthers({ mountpoint = "" }: Labels): boolean {
  return /^\/(mnt|media|home|srv|opt|root|tmp)(\/|$)/.test(mountpoint);
}

/**
 * The answer to an instant query for a range, as the HTTP API of Prometheus returns it.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-vectors
 */
interface Matrix {
  readonly data: {
    readonly result: readonly {
      readonly metric: Labels;
      readonly values?: readonly (readonly [seconds: number, value: string])[];
    }[];
  };
}

async function rawSeries(url: string, { begin, to }: Window, name: string): Promise<RecordedSeries[]> {
  const query = `${name}[${to - begin}ms]`;
  const response = await request(`${url}/api/v1/query?${new URLSearchParams({ query, time: String(to / 1000) })}`);
  if (!response.ok) throw new Error(`Prometheus refused ${query}: ${await response.text()}`);
  const { data }: Matrix = JSON.parse(await response.text());
  return data.result.map(({ metric, values = [] }) => ({ labels: metric, samples: values.map(sampleOf) }));
}

function sampleOf([seconds, value]: readonly [number, string]): Sample {
  return { time: Math.round(seconds * 1000), value: Number(value.replace("Inf", "Infinity")) };
}
