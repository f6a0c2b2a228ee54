import { request } from "../request";
import type { EvaluatedSeries, Labels } from "./timeline";

/** A log line in the form of Loki's API: time in nanoseconds, text, structured metadata. */
export type Entry = readonly [time: string, line: string, metadata?: Labels];

export interface Stream {
  readonly stream: Labels;
  readonly values: readonly Entry[];
}

/** Times in seconds since 1970. */
export interface Times {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** The part of Loki's API that scenarios need. Each tenant has its own log lines. */
export interface LogStore {
  readonly push: (streams: readonly Stream[], tenant?: string) => Promise<void>;
  /** The series of a query, with their values by the second since 1970. */
  readonly series: (query: string, times: Times, tenant?: string) => Promise<readonly EvaluatedSeries[]>;
}

/** The tenant of a Loki without authentication. */
const onlyTenant = "fake";

/**
 * The Loki at an address.
 * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/
 */
export function logStore(url: string): LogStore {
  return {
    async push(streams, tenant = onlyTenant) {
      const body = JSON.stringify({ streams });
      const response = await request(`${url}/loki/api/v1/push`, { method: "POST", headers: lokiHeaders(tenant), body });
      if (!response.ok) throw new Error(`Loki answers ${response.status}: ${await response.text()}`);
    },
    async series(query, times, tenant = onlyTenant) {
      const matrix: readonly Matrix[] = await queryLoki(url, "query_range", { query, ...times }, tenant);
      return matrix.map(({ metric, values }) => ({
        labels: metric,
        values: new Map(values.map(([second, value]) => [second, Number(value)])),
      }));
    },
  };
}

interface Matrix {
  readonly metric: Labels;
  readonly values: readonly (readonly [second: number, value: string])[];
}

/** @returns the result of a query of Loki's API */
export async function queryLoki<Result>(
  url: string,
  api: string,
  query: Readonly<Record<string, string | number>>,
  tenant: string = onlyTenant,
): Promise<readonly Result[]> {
  const parameters = new URLSearchParams(
    Object.entries(query).map(([key, value]) => [key, `${value}`] as [string, string]),
  );
  const response = await request(`${url}/loki/api/v1/${api}?${parameters}`, { headers: lokiHeaders(tenant) });
  if (!response.ok) throw new Error(`Loki answers ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { data: { result: readonly Result[] } }).data.result;
}

/** Without the flag, Loki mixes labels, metadata and the fields that a query takes from the line. */
function lokiHeaders(tenant: string): Labels {
  const categorized = { "X-Loki-Response-Encoding-Flags": "categorize-labels" };
  return { ...categorized, "content-type": "application/json", "X-Scope-OrgID": tenant };
}
