import * as units from "@grafana/grafana-foundation-sdk/units";
import { spansDropped } from "../../alerts/otel-collector/spans-dropped";
import { spansMissing } from "../../alerts/otel-collector/spans-missing";
import { spansRefused } from "../../alerts/otel-collector/spans-refused";
import { traceQueueFilling } from "../../alerts/otel-collector/trace-queue-filling";
import { traceStoreRejects } from "../../alerts/otel-collector/trace-store-rejects";
import { traceStoreUnavailable } from "../../alerts/otel-collector/trace-store-unavailable";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import type { HttpProfile } from "../../metrics/erp-api/http-profile";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";
import { alertMeasures, scraped } from "../prometheus/monitoring-panels";

const half = { ...scraped, width: 12 };
const { accepted, refused, dropped, rejected, sent } = otelCollector;

/** Spans on their way through the collector. */
export function otelCollectorPanels(): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Spans received and stored",
      description:
        "Spans per second that the collector receives, and that the trace store accepts. The difference is the sampling: only a part of the traces is kept.",
      unit: units.CountsPerSecond,
      queries: [
        { query: promql`sum(rate(${accepted}[$__rate_interval]))`, legend: "received" },
        { query: promql`sum(rate(${sent}[$__rate_interval]))`, legend: "stored" },
      ],
    }),
    timeseries({
      ...half,
      title: "Spans lost",
      description:
        "Spans per second that the collector refuses because its memory is full, that it drops because its queue is full, and that the trace store rejects.",
      unit: units.CountsPerSecond,
      queries: [
        { query: promql`sum(rate(${refused}[$__rate_interval]))`, legend: "refused" },
        { query: promql`sum(rate(${dropped}[$__rate_interval]))`, legend: "dropped" },
        { query: promql`sum(rate(${rejected}[$__rate_interval]))`, legend: "rejected by the store" },
      ],
    }),
    alertPanel(traceQueueFilling, { title: "Used share of the queue of spans", width: 12, most: 5 }),
  ];
}

/** Measures that no other panel shows. */
export function otelCollectorMeasures(http: HttpProfile): Panel[] {
  return alertMeasures({
    "Spans that wait for the trace store": traceStoreUnavailable,
    "Spans dropped, 5 min": spansDropped,
    "Spans refused, 5 min": spansRefused,
    "Spans that the store rejected, 5 min": traceStoreRejects,
    "Spans received, 10 min": spansMissing(http),
  });
}
