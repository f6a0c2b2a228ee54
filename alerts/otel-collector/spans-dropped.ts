import { valueText } from "../../kit/alerts/value-text";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";
import { lostSpans } from "./lost-spans";

/** The queue in front of the store is full. The drops continue as long as spans arrive. */
export const spansDropped = lostSpans({
  name: "SpansDropped",
  lost: otelCollector.dropped,
  causedBy: ["trace-store"],
  summary: "The collector drops spans, because its queue is full.",
  description: `${valueText("count", "span")} were dropped by {{ $labels.pod }} in the last five minutes.`,
  situation: "the store has been gone for so long that the queue is full",
});
