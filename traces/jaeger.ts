import { ownMetrics } from "./own-metrics";
import { type SearchCluster, variable } from "./search-cluster";

/** Ports of Jaeger. */
export const jaegerPorts = { otlpGrpc: 4317, query: 16_686, queryGrpc: 16_685, metrics: 8888, health: 13_133 } as const;

/** Where Jaeger keeps traces. */
export type JaegerStorage =
  | {
      readonly kind: "badger";
      /** Folder of a volume. */
      readonly folder: string;
    }
  | SearchCluster;

/** The address that Jaeger listens on. */
const host = "${env:JAEGER_LISTEN_HOST:-0.0.0.0}";

/**
 * The configuration of Jaeger 2. It stores a span before it accepts it, so that the collector keeps spans that a store does
 * not accept. Elasticsearch and OpenSearch are an exception: Jaeger sends spans to them in the background, and drops those
 * that they refuse. https://www.jaegertracing.io/docs/2.13/deployment/configuration/
 *
 * @param retentionDays days after which traces are not found any more. Badger also deletes them; in Elasticsearch and
 * OpenSearch, a lifecycle policy of the server must do it
 */
export function jaeger(storage: JaegerStorage, retentionDays: number): object {
  return {
    receivers: { otlp: { protocols: { grpc: { endpoint: `${host}:${jaegerPorts.otlpGrpc}` } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: "traces" } },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: `${host}:${jaegerPorts.health}` } },
      jaeger_storage: { backends: { traces: backend(storage, 24 * retentionDays) } },
      jaeger_query: {
        storage: { traces: "traces" },
        http: { endpoint: `${host}:${jaegerPorts.query}` },
        grpc: { endpoint: `${host}:${jaegerPorts.queryGrpc}` },
      },
    },
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: { traces: { receivers: ["otlp"], exporters: ["jaeger_storage_exporter"] } },
      telemetry: {
        resource: { "service.name": "jaeger" },
        logs: { encoding: "json", level: "info" },
        metrics: { readers: [ownMetrics(host, jaegerPorts.metrics)] },
      },
    },
  };
}

function backend(storage: JaegerStorage, hours: number): object {
  if (storage.kind === "badger") {
    const { folder } = storage;
    return {
      badger: {
        ephemeral: false,
        directories: { keys: `${folder}/keys`, values: `${folder}/values` },
        ttl: { spans: `${hours}h` },
      },
    };
  }
  const { kind, url, login, caFile, prefix, replicas } = storage;
  const basic = login && { username: variable(login.user), password: variable(login.password) };
  const index = { date_layout: "2006-01-02", rollover_frequency: "day", replicas };
  return {
    [kind]: {
      server_urls: [url],
      ...(basic && { auth: { basic } }),
      ...(caFile !== undefined && { tls: { ca_file: caFile } }),
      max_span_age: `${hours}h`,
      indices: { index_prefix: prefix, spans: index, services: index, dependencies: index, sampling: index },
    },
  };
}
