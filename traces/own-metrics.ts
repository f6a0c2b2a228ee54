/** The metrics of a collector or of Jaeger about itself, with the names that Prometheus expects: `_total` for counters. */
export function ownMetrics(host: string, port: number): object {
  const names = { without_type_suffix: false, without_units: false, without_scope_info: true };
  return { pull: { exporter: { prometheus: { host, port, ...names } } } };
}
