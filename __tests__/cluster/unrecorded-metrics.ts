/**
 * Metrics of the catalogue that were added after the last capture of the recording. Capture all slices again, and
 * remove the names. Until then, panels about them are drawn from the scenarios of their alerts.
 */
export const unrecordedMetrics: readonly string[] = [
  "kube_pod_init_container_status_ready",
  "loki_ingester_wal_disk_usage_percent",
  "probe_ip_protocol",
  "promtail_dropped_bytes_total",
  "promtail_encoded_bytes_total",
  "promtail_file_bytes_total",
  "promtail_read_bytes_total",
  "promtail_sent_bytes_total",
];
