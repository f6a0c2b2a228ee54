import type { LokiData } from "./loki-frames";
import type { PrometheusData } from "./prometheus-frames";

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** @see https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview */
interface Answer<Data> {
  readonly status: "success" | "error";
  readonly data: Data;
  readonly error?: string;
}

/**
 * The part of Prometheus' statistics that contains the cost of a query.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
 */
export interface Statistics {
  readonly stats?: { readonly samples?: { readonly totalQueryableSamples?: number } };
}

/** Queries Prometheus or Loki. Queries to Prometheus are posted, because long expressions do not fit into an address. */
async function request<Data>(path: string, parameters: Parameters, method: "GET" | "POST"): Promise<Data> {
  const given = Object.entries(parameters).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  const body = new URLSearchParams(given);
  const response = await (method === "GET" ? fetch(`${path}?${body}`) : fetch(path, { method, body }));
  const text = await response.text();
  const answer = parse<Answer<Data>>(text);
  if (answer?.status === "success") return answer.data;
  throw new Error(answer?.error ?? (text.trim().slice(0, 300) || `the answer is ${response.status}`));
}

function parse<Value>(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The HTTP API of Prometheus. https://prometheus.io/docs/prometheus/latest/querying/api/ Times are in seconds. */
export const prometheusApi = (base: string) => ({
  range: (query: string, start: number, end: number, step: number) =>
    request<PrometheusData & Statistics>(
      `${base}/api/v1/query_range`,
      { query, start, end, step, stats: "all" },
      "POST",
    ),
  instant: (query: string, time: number) =>
    request<PrometheusData & Statistics>(`${base}/api/v1/query`, { query, time, stats: "all" }, "POST"),
  labelValues: (label: string, selector: string | undefined, start: number, end: number) =>
    request<readonly string[]>(
      `${base}/api/v1/label/${encodeURIComponent(label)}/values`,
      { "match[]": selector, start, end },
      "GET",
    ),
  labelNames: (selector: string | undefined, start: number, end: number) =>
    request<readonly string[]>(`${base}/api/v1/labels`, { "match[]": selector, start, end }, "GET"),
});

/** The HTTP API of Loki. https://grafana.com/docs/loki/latest/reference/loki-http-api/ Times are in seconds. */
export const lokiApi = (base: string) => ({
  range: (query: string, start: number, end: number, step: string, limit: number, direction: string) =>
    request<LokiData>(
      `${base}/loki/api/v1/query_range`,
      { query, start: nanoseconds(start), end: nanoseconds(end), step, limit, direction },
      "GET",
    ),
  instant: (query: string, time: number) =>
    request<LokiData>(`${base}/loki/api/v1/query`, { query, time: nanoseconds(time) }, "GET"),
  labelValues: (label: string, query: string | undefined, start: number, end: number) =>
    request<readonly string[]>(
      `${base}/loki/api/v1/label/${encodeURIComponent(label)}/values`,
      { query, start: nanoseconds(start), end: nanoseconds(end) },
      "GET",
    ),
});

/** Loki reads a short number as seconds, and a long one as nanoseconds. Milliseconds need the long one. */
function nanoseconds(seconds: number): string {
  return `${Math.round(seconds * 1000)}000000`;
}
