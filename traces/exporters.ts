import { variable } from "./search-cluster";
import type { TraceStore } from "./trace-store";

/** Spans that the collector keeps in memory while the store does not accept them. */
export const queuedSpans = 20_000;

/**
 * The collector keeps spans until the store accepts them, and drops new ones while the queue is full. Spans that the
 * store refuses for good are dropped at once.
 */
const delivery = {
  timeout: "5s",
  retry_on_failure: { initial_interval: "1s", max_interval: "10s", max_elapsed_time: 0 },
  sending_queue: {
    sizer: "items",
    queue_size: queuedSpans,
    num_consumers: 4,
    batch: { min_size: 500, max_size: 2000, flush_timeout: "1s" },
  },
} as const;

/** The exporter of traces, with its name. */
export function exporter(store: TraceStore): readonly [name: string, settings: object] {
  switch (store.kind) {
    case "jaeger":
      return ["otlp_grpc", { endpoint: store.endpoint, tls: { insecure: true }, ...delivery }];
    case "zipkin":
      return ["zipkin", { endpoint: `${store.endpoint}/api/v2/spans`, ...delivery }];
    case "otlp": {
      const { endpoint, protocol, headers = {}, caFile } = store;
      const tls = { insecure: endpoint.startsWith("http://"), ...(caFile !== undefined && { ca_file: caFile }) };
      const values = Object.entries(headers).map(([header, name]) => [header, variable(name)]);
      return [`otlp_${protocol}`, { endpoint, tls, headers: Object.fromEntries(values), ...delivery }];
    }
  }
}
