import { exporter } from "./exporters";
import { ownMetrics } from "./own-metrics";
import { redaction } from "./redaction";
import { type Sampling, tailSampling } from "./sampling";
import { spanMetrics } from "./span-metrics";
import type { TraceStore } from "./trace-store";

/** Ports of the collector. */
export const collectorPorts = {
  otlpGrpc: 4317,
  otlpHttp: 4318,
  metrics: 8888,
  spanMetrics: 8889,
  health: 13_133,
} as const;

/** The collector listens on the address of its pod. The chart sets the variable. */
const host = "${env:MY_POD_IP}";

/**
 * The configuration of the OpenTelemetry Collector, between the ERP and the store. All spans are redacted first. They are
 * counted and measured before a part of them is sampled.
 * https://opentelemetry.io/docs/collector/configuration/
 */
export function collector({ store, sampling }: { readonly store: TraceStore; readonly sampling: Sampling }): object {
  const [name, settings] = exporter(store);
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `${host}:${collectorPorts.otlpGrpc}` },
          http: { endpoint: `${host}:${collectorPorts.otlpHttp}` },
        },
      },
    },
    processors: {
      // Relative to the memory limit of the container. Above it, the collector refuses spans.
      memory_limiter: { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 20 },
      transform: { error_mode: "propagate", trace_statements: redaction },
      tail_sampling: tailSampling(sampling),
    },
    connectors: { forward: {}, span_metrics: spanMetrics },
    exporters: {
      [name]: settings,
      prometheus: { endpoint: `${host}:${collectorPorts.spanMetrics}` },
    },
    extensions: { health_check: { endpoint: `${host}:${collectorPorts.health}` } },
    service: {
      extensions: ["health_check"],
      pipelines: {
        "traces/received": {
          receivers: ["otlp"],
          processors: ["memory_limiter", "transform"],
          exporters: ["span_metrics", "forward"],
        },
        "traces/sampled": { receivers: ["forward"], processors: ["tail_sampling"], exporters: [name] },
        metrics: { receivers: ["span_metrics"], exporters: ["prometheus"] },
      },
      telemetry: {
        logs: { encoding: "json", level: "info" },
        metrics: { readers: [ownMetrics(host, collectorPorts.metrics)] },
      },
    },
  };
}
