import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const lokiJob = podJob("loki", "http-metrics", "loki", pods.loki);

const { counter, gauge, histogram } = source(lokiJob);
const tenant = { sample: { tenant: "fake" } };

/** What Loki says of itself. */
export const loki = {
  settingsLoaded: gauge("loki_runtime_config_last_reload_successful", ["config"], {
    help: "1 while it could read the settings that may change while it runs.",
    sample: { config: "loki" },
  }),
  rulesLoaded: gauge("loki_ruler_config_last_reload_successful", ["user"], {
    help: "1 while it could read the rules of a tenant.",
    sample: { user: "fake" },
  }),
  requests: histogram("loki_request_duration_seconds", ["method", "route", "status_code", "ws"], {
    help: "Requests that it answered, and how long that took.",
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100],
    values: {
      route: open("each of Loki's many APIs is one", [
        "loki_api_v1_push",
        "loki_api_v1_query",
        "loki_api_v1_query_range",
      ]),
      status_code: open("gRPC has words for it", ["200", "204", "400", "429", "500", "503"]),
    },
    sample: { method: "POST", route: "loki_api_v1_push", status_code: "204", ws: "false" },
  }),
  linesReceived: counter("loki_distributor_lines_received_total", ["format", "is_internal_stream", "tenant"], {
    help: "Lines that were sent to it.",
    sample: { format: "loki", is_internal_stream: "false", tenant: "fake" },
  }),
  streams: gauge("loki_ingester_memory_streams", ["tenant"], {
    help: "Streams that were written to of late: one for each set of labels.",
    ...tenant,
  }),
  flushFailures: counter("loki_ingester_chunks_flush_failures_total", [], {
    help: "Chunks that could not be moved from memory to the storage; they are tried again.",
  }),
  walDiskFull: counter("loki_ingester_wal_disk_full_failures_total", [], {
    help: "Lines that are in memory only, because the volume of the write-ahead log is full.",
  }),
  retentionApplied: gauge("loki_compactor_apply_retention_last_successful_run_timestamp_seconds", [], {
    help: "When too old lines were last marked to be deleted, in Unix time; 0 before the first time.",
  }),
  startTime: gauge("process_start_time_seconds", [], { help: "When it started, in Unix time." }),
};
