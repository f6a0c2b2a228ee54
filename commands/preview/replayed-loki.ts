import { singleLoki } from "../evidence/single-loki";
import { request } from "../request";
import { mergedStreams } from "./merged-streams";
import type { Labels } from "./recorded-series";
import type { Line } from "./recorded-stream";
import type { Recording } from "./recording";

/** Pages of lines are larger than the default. */
const messageBytes = 100 * 2 ** 20;

/** The configuration of a Loki that accepts lines of any age and finds them at once. */
export function lokiOfAnyAge(folder: string, http: number, grpc: number) {
  const { server, ...others } = singleLoki(folder, http, grpc);
  return {
    ...others,
    server: { ...server, grpc_server_max_recv_msg_size: messageBytes, grpc_server_max_send_msg_size: messageBytes },
    // Queriers connect to the frontend at once, where a scheduler between them would take seconds.
    frontend_worker: { frontend_address: `127.0.0.1:${grpc}` },
    // Queriers ask the ingesters for lines of any age. By default they ask only for the last hours.
    ingester: { lifecycler: { min_ready_duration: "0s" }, query_store_max_look_back_period: "-1ns" },
    // The same value as in the chart and in Grafana.
    query_range: { align_queries_with_step: true },
    limits_config: {
      reject_old_samples: false,
      ingestion_rate_mb: 1000,
      ingestion_burst_size_mb: 1000,
      per_stream_rate_limit: "1GB",
      per_stream_rate_limit_burst: "1GB",
      split_queries_by_interval: "0",
    },
    analytics: { reporting_enabled: false },
  };
}

/** Lines that are sent in one request. */
const page = 10_000;

/** Sends all lines of the recordings to Loki. */
export async function pushLines(url: string, recordings: readonly Recording[]): Promise<void> {
  for (const { labels, lines } of mergedStreams(recordings)) {
    for (let start = 0; start < lines.length; start += page) await push(url, labels, lines.slice(start, start + page));
  }
}

async function push(url: string, stream: Labels, lines: readonly Line[]): Promise<void> {
  const values = lines.map(({ time, text, metadata }) => [String(time), text, metadata]);
  const response = await request(`${url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams: [{ stream, values }] }),
  });
  if (!response.ok) throw new Error(`Loki refused recorded lines: ${await response.text()}`);
}
