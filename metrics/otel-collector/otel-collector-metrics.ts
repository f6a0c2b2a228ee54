import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const otelCollectorJob = podJob("otel-collector", "metrics", "opentelemetry-collector", pods.otelCollector);

const exporter = open("the store decides the exporter", ["otlp_grpc", "otlp_http", "zipkin"]);
const { counter, gauge } = source(otelCollectorJob, { exporter, data_type: { values: ["traces"] } });
const received = { receiver: "otlp", transport: "http" };
/** Labels that some exporters add. */
const address = ["server_address?", "server_port?", "url_path?"];
const sent = { exporter: "otlp_grpc" };
const queue = { data_type: "traces", ...sent };

/** Metrics that the OpenTelemetry Collector exposes about itself. https://opentelemetry.io/docs/collector/internal-telemetry/ */
export const otelCollector = {
  accepted: counter("otelcol_receiver_accepted_spans_total", ["receiver", "transport"], {
    help: "Spans that the collector accepted, before it samples them.",
    unit: "count",
    sample: received,
  }),
  refused: counter("otelcol_receiver_refused_spans_total", ["receiver", "transport"], {
    help: "Spans that the collector refused, because its memory is nearly full.",
    unit: "count",
    sample: received,
  }),
  sent: counter("otelcol_exporter_sent_spans_total", ["exporter", ...address], {
    help: "Spans that the store accepted.",
    unit: "count",
    sample: sent,
  }),
  rejected: counter("otelcol_exporter_send_failed_spans_total", ["exporter", ...address], {
    help: "Spans that the store refused for good. They are lost.",
    unit: "count",
    sample: sent,
  }),
  dropped: counter("otelcol_exporter_enqueue_failed_spans_total", ["exporter"], {
    help: "Spans that were dropped because the queue was full.",
    unit: "count",
    sample: sent,
  }),
  queueSize: gauge("otelcol_exporter_queue_size", ["data_type", "exporter"], {
    help: "Spans that wait until the store accepts them.",
    unit: "count",
    sample: queue,
  }),
  queueCapacity: gauge("otelcol_exporter_queue_capacity", ["data_type", "exporter"], {
    help: "Spans that fit into the queue.",
    unit: "count",
    sample: queue,
  }),
};
