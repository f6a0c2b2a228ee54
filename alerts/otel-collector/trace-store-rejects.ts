import { valueText } from "../../kit/alerts/value-text";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";
import { lostSpans } from "./lost-spans";

/**
 * Errors that do not end by waiting: an invalid span, a missing permission, a wrong address. Nothing is retried, so the
 * failures do not become fewer.
 */
export const traceStoreRejects = lostSpans({
  name: "TraceStoreRejects",
  lost: otelCollector.rejected,
  summary: "The trace store rejects spans for good: they are lost.",
  description: `${valueText("count", "span")} of {{ $labels.pod }} were rejected by the store in the last five minutes.`,
  situation: "the store accepts no spans of this version",
});
