import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const lokiJob = podJob("loki", "http-metrics", "loki", pods.loki);

const { counter, gauge, histogram } = source(lokiJob);
const tenant = { sample: { tenant: "fake" } };

/** Metrics that Loki exposes about itself. */
export const loki = {
  settingsLoaded: gauge("loki_runtime_config_last_reload_successful", ["config"], {
    help: "1 if the last reload of Loki's runtime settings succeeded.",
    sample: { config: "loki" },
  }),
  rulesLoaded: gauge("loki_ruler_config_last_reload_successful", ["user"], {
    help: "1 if the last reload of a tenant's rules succeeded.",
    sample: { user: "fake" },
  }),
  requests: histogram("loki_request_duration_seconds", ["method", "route", "status_code", "ws"], {
    help: "Requests that Loki answered, and their duration.",
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100],
    values: {
      route: open("Loki has many routes", ["loki_api_v1_push", "loki_api_v1_query", "loki_api_v1_query_range"]),
      status_code: open("gRPC uses words as status codes", ["200", "204", "400", "429", "500", "503"]),
    },
    sample: { method: "POST", route: "loki_api_v1_push", status_code: "204", ws: "false" },
  }),
  linesReceived: counter("loki_distributor_lines_received_total", ["format", "is_internal_stream", "tenant"], {
    help: "Lines that Loki received.",
    sample: { format: "loki", is_internal_stream: "false", tenant: "fake" },
  }),
  streams: gauge("loki_ingester_memory_streams", ["tenant"], {
    help: "Streams with recent lines. Each set of labels is a stream.",
    ...tenant,
  }),
  flushFailures: counter("loki_ingester_chunks_flush_failures_total", [], {
    help: "Chunks that could not be written from memory to the storage. They are retried.",
  }),
  volumeUsed: gauge("loki_ingester_wal_disk_usage_percent", [], {
    help: "Used share of the volume of the write-ahead log, every ten seconds. From 0.9, Loki refuses all lines.",
    unit: "ratio",
  }),
  retentionApplied: gauge("loki_compactor_apply_retention_last_successful_run_timestamp_seconds", [], {
    help: "Unix time at which old lines were last marked for deletion. 0 before the first run.",
  }),
  startTime: gauge("process_start_time_seconds", [], { help: "Unix time at which Loki started." }),
};
