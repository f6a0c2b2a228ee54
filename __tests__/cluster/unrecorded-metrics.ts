/**
 * Metrics of the catalogue that were added after the last capture of the recording. Capture all slices again, and
 * remove the names. Until then, panels about them are drawn from the scenarios of their alerts.
 */
export const unrecordedMetrics: readonly string[] = ["kube_pod_init_container_status_ready", "probe_ip_protocol"];
