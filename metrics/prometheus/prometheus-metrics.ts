import { source } from "../../kit/metrics/metric";
import { targetUp } from "../../kit/metrics/target-metrics";
import { chartJob } from "../scrape-jobs";

export const prometheusJob = chartJob("prometheus", "http-web", "kube-prometheus-stack-prometheus", "prometheus");

const { counter, gauge } = source(prometheusJob);
const group = { sample: { rule_group: "/etc/prometheus/rules/erp.yaml;erp-availability" } };
const destination = { sample: { alertmanager: "http://10.0.0.2:9093/api/v2/alerts" } };

/**
 * Metrics that Prometheus exposes about itself. While it cannot store samples, it does not store these either; only its
 * replica still does.
 */
export const prometheus = {
  up: targetUp(prometheusJob),
  startTime: gauge("process_start_time_seconds", [], { help: "Unix time at which Prometheus started." }),
  configLoaded: gauge("prometheus_config_last_reload_successful", [], {
    help: "1 if Prometheus runs with its newest configuration, 0 if it still runs with an older one.",
  }),
  samplesAppended: counter("prometheus_tsdb_head_samples_appended_total", ["type"], {
    help: "Samples that were stored.",
    values: { type: ["float", "histogram"] },
    sample: { type: "float" },
  }),
  series: gauge("prometheus_tsdb_head_series", [], {
    help: "Series of the last two or three hours, which are in memory.",
  }),
  walWritesFailed: counter("prometheus_tsdb_wal_writes_failed_total", [], {
    help: "Failed writes to the write-ahead log. Their samples are lost.",
  }),
  walCorruptions: counter("prometheus_tsdb_wal_corruptions_total", [], {
    help: "Corruptions found in the write-ahead log. Samples after a corruption are lost.",
  }),
  walTruncationsFailed: counter("prometheus_tsdb_wal_truncations_failed_total", [], {
    help: "Failed truncations of the write-ahead log, which therefore keeps growing.",
  }),
  compactionsFailed: counter("prometheus_tsdb_compactions_failed_total", [], {
    help: "Failed compactions of samples from memory and the write-ahead log into a block.",
  }),
  blocks: gauge("prometheus_tsdb_storage_blocks_bytes", [], { help: "Size of the blocks on the volume." }),
  wal: gauge("prometheus_tsdb_wal_storage_size_bytes", [], {
    help: "Size of the write-ahead log on the volume.",
  }),
  headChunks: gauge("prometheus_tsdb_head_chunks_storage_size_bytes", [], {
    help: "Size of the newest samples that were already written from memory to the volume.",
  }),
  retentionSize: gauge("prometheus_tsdb_retention_limit_bytes", [], {
    help: "Space that samples may use on the volume. Above it, the oldest ones are deleted early.",
  }),
  sampleLimitHit: counter("prometheus_target_scrapes_exceeded_sample_limit_total", [], {
    help: "Scrapes that were discarded because they had more samples than allowed.",
  }),
  ruleFailures: counter("prometheus_rule_evaluation_failures_total", ["rule_group"], {
    help: "Failed evaluations of a rule.",
    ...group,
  }),
  ruleIterationsMissed: counter("prometheus_rule_group_iterations_missed_total", ["rule_group"], {
    help: "Evaluations of a group that were skipped because the previous one took too long.",
    ...group,
  }),
  ruleDuration: gauge("prometheus_rule_group_last_duration_seconds", ["rule_group"], {
    help: "Duration of the last evaluation of a group.",
    ...group,
  }),
  notificationsSent: counter("prometheus_notifications_sent_total", ["alertmanager"], {
    help: "Alerts that were sent to an Alertmanager, accepted or not.",
    ...destination,
  }),
  notificationErrors: counter("prometheus_notifications_errors_total", ["alertmanager"], {
    help: "Alerts that an Alertmanager did not accept.",
    ...destination,
  }),
};
