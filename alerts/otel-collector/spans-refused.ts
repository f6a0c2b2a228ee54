import { valueText } from "../../kit/alerts/value-text";
import { otelCollector } from "../../metrics/otel-collector/otel-collector-metrics";
import { lostSpans } from "./lost-spans";

/** The memory limit of the collector is reached. The ERP tries again a few times, and then drops the spans. */
export const spansRefused = lostSpans({
  name: "SpansRefused",
  lost: otelCollector.refused,
  summary: "The collector refuses spans, because its memory is nearly full.",
  description: `${valueText("count", "span")} were refused by {{ $labels.pod }} in the last five minutes.`,
  situation: "more spans arrive than fit into memory",
});
