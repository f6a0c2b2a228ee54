import { spansDropped } from "../alerts/otel-collector/spans-dropped";
import { spansMissing } from "../alerts/otel-collector/spans-missing";
import { spansRefused } from "../alerts/otel-collector/spans-refused";
import { traceQueueFilling } from "../alerts/otel-collector/trace-queue-filling";
import { traceStoreRejects } from "../alerts/otel-collector/trace-store-rejects";
import { traceStoreUnavailable } from "../alerts/otel-collector/trace-store-unavailable";
import { makesTraces } from "../metrics/conditions";
import { otelCollector as metrics, otelCollectorJob } from "../metrics/otel-collector/otel-collector-metrics";
import { images } from "../settings/versions";
import { imageVersion } from "./program-versions";
import type { Subject } from "./subject";

/** The OpenTelemetry Collector, between the ERP and the trace store. */
export const otelCollector: Subject = {
  name: "otel-collector",
  when: {
    holds: makesTraces,
    otherwise: "the environment does not set `tracing`",
  },
  causes: ["trace-store"],
  jobs: () => [otelCollectorJob],
  metrics: () => [metrics],
  alerts: ({ http }) => [
    traceStoreUnavailable,
    traceQueueFilling,
    spansDropped,
    spansRefused,
    traceStoreRejects,
    spansMissing(http),
  ],
  evidence: [{ source: otelCollectorJob.name, version: () => imageVersion(images.otelCollector) }],
  eventSeries: {
    otelcol_exporter_send_failed_spans_total: "a batch that the store refused for good",
    otelcol_exporter_enqueue_failed_spans_total: "a full queue",
    otelcol_exporter_sent_spans_total: "the first spans that the store accepted",
    otelcol_receiver_accepted_spans_total: "the first spans",
    otelcol_receiver_refused_spans_total: "the first spans",
  },
};
