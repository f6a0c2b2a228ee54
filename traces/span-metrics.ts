/**
 * Settings of the connector `span_metrics`, which counts and measures all spans before they are sampled. Its series have
 * few label values: names of spans are left out, and routes are templates. The metrics of the ERP itself remain the source
 * of panels and alerts; these also cover programs that have no metrics of their own.
 */
export const spanMetrics = {
  histogram: { unit: "s", explicit: { buckets: ["25ms", "100ms", "250ms", "500ms", "1s", "2500ms", "10s", "60s"] } },
  dimensions: [{ name: "http.route" }, { name: "http.request.method" }],
  exclude_dimensions: ["span.name", "collector.instance.id"],
  // A pod that is replaced continues the series of its service.
  resource_metrics_key_attributes: ["service.name"],
  aggregation_cardinality_limit: 1000,
  metrics_flush_interval: "15s",
} as const;
