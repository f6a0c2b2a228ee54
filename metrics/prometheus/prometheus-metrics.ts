import { source } from "../../kit/metrics/metric";
import { targetUp } from "../../kit/metrics/target-metrics";
import { chartJob } from "../scrape-jobs";

export const prometheusJob = chartJob("prometheus", "http-web", "kube-prometheus-stack-prometheus", "prometheus");

const { counter, gauge } = source(prometheusJob);
const group = { sample: { rule_group: "/etc/prometheus/rules/erp.yaml;erp-availability" } };
const destination = { sample: { alertmanager: "http://10.0.0.2:9093/api/v2/alerts" } };

/** What Prometheus says of itself. While it stores nothing it does not store this either: only its twin still sees it. */
export const prometheus = {
  up: targetUp(prometheusJob),
  configLoaded: gauge("prometheus_config_last_reload_successful", [], {
    help: "1 while it runs with the configuration that it was last given, 0 while it goes on with an older one.",
  }),
  samplesAppended: counter("prometheus_tsdb_head_samples_appended_total", ["type"], {
    help: "Samples that were stored.",
    values: { type: ["float", "histogram"] },
    sample: { type: "float" },
  }),
  series: gauge("prometheus_tsdb_head_series", [], {
    help: "Series of the last two or three hours: they take memory.",
  }),
  walWritesFailed: counter("prometheus_tsdb_wal_writes_failed_total", [], {
    help: "Writes to the write-ahead log that failed; their samples are lost.",
  }),
  walCorruptions: counter("prometheus_tsdb_wal_corruptions_total", [], {
    help: "Damage found in the write-ahead log; what came after it is lost.",
  }),
  walTruncationsFailed: counter("prometheus_tsdb_wal_truncations_failed_total", [], {
    help: "Times that the write-ahead log could not be shortened, and goes on growing.",
  }),
  compactionsFailed: counter("prometheus_tsdb_compactions_failed_total", [], {
    help: "Times that samples could not be moved from memory and the log into a block.",
  }),
  blocks: gauge("prometheus_tsdb_storage_blocks_bytes", [], { help: "Blocks on the volume." }),
  wal: gauge("prometheus_tsdb_wal_storage_size_bytes", [], {
    help: "The write-ahead log on the volume.",
  }),
  headChunks: gauge("prometheus_tsdb_head_chunks_storage_size_bytes", [], {
    help: "The newest samples on the volume, as far as they have left memory.",
  }),
  retentionSize: gauge("prometheus_tsdb_retention_limit_bytes", [], {
    help: "What samples may take on the volume; beyond it the oldest are deleted before their time.",
  }),
  sampleLimitHit: counter("prometheus_target_scrapes_exceeded_sample_limit_total", [], {
    help: "Scrapes that were refused whole because they had more samples than allowed.",
  }),
  ruleFailures: counter("prometheus_rule_evaluation_failures_total", ["rule_group"], {
    help: "Evaluations of a rule that failed.",
    ...group,
  }),
  ruleIterationsMissed: counter("prometheus_rule_group_iterations_missed_total", ["rule_group"], {
    help: "Evaluations of a group that were left out because the one before took too long.",
    ...group,
  }),
  ruleDuration: gauge("prometheus_rule_group_last_duration_seconds", ["rule_group"], {
    help: "How long the last evaluation of a group took.",
    ...group,
  }),
  notificationsSent: counter("prometheus_notifications_sent_total", ["alertmanager"], {
    help: "Alerts that were sent to an Alertmanager, whether it took them or not.",
    ...destination,
  }),
  notificationErrors: counter("prometheus_notifications_errors_total", ["alertmanager"], {
    help: "Alerts that an Alertmanager did not take.",
    ...destination,
  }),
};
