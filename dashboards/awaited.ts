/**
 * Series that are there only once something has happened, by metric or by whole selector: what has to happen, in words
 * that end "is shown after …".
 */
export const awaited: Readonly<Record<string, string>> = {
  starlette_exceptions_total: "an exception that nobody handled",
  ALERTS: "an alert",
  'prober_probe_total{container="erp-api",probe_type="Readiness",result="failed"}': "a readiness probe that failed",
  'prober_probe_total{container=~"erp-api|erp-worker",probe_type="Liveness",result="failed"}':
    "a liveness probe that failed",
  'loki_request_duration_seconds_count{status_code=~"5.."}': "a request that Loki failed",
  'promtail_request_duration_seconds_count{status_code!~"2.."}': "a batch of lines that Loki did not take",
  logentry_dropped_lines_by_label_total: "a pod that writes more lines than it may",
  'prober_probe_total{namespace="erp",container="erp-api",result!="successful"}': "a probe that failed",
  'pg_stat_activity_count{wait_event_type="Lock",application_name!="postgresql-exporter"}':
    "a session that waits for a lock",
  'redis_errors_total{err=~"OOM|MISCONF|READONLY|NOREPLICAS"}': "a write that Redis refused",
  "erp:entities_created:increase1h_offset1w": "a week",
  "erp:http_requests:avg15m_offset1w": "a week",
  celery_task_failed_total: "a task that failed",
  celery_task_retried_total: "a task that was tried again",
  kube_job_failed: "a Job that failed",
  kube_pod_container_status_last_terminated_reason: "a container that was killed for want of memory",
  node_network_receive_bytes_total: "traffic through an interface of the node's own",
  node_network_transmit_bytes_total: "traffic through an interface of the node's own",
};
