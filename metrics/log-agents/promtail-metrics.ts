import { matching } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { promtailJob } from "./log-agent-jobs";

const { counter, histogram } = source(promtailJob);
const host = "loki.logging.svc:3100";

/** Metrics that Promtail exposes about itself on each node. */
export const promtail = {
  sentEntries: counter("promtail_sent_entries_total", ["host"], {
    help: "Lines that Loki accepted.",
    sample: { host },
  }),
  droppedEntries: counter("promtail_dropped_entries_total", ["host", "reason"], {
    help: "Lines that were dropped: above a limit of the agent or of Loki, or refused for an hour.",
    values: { reason: ["ingester_error", "line_too_long", "rate_limited", "stream_limited"] },
    sample: { host, reason: "ingester_error" },
  }),
  overRate: counter("logentry_dropped_lines_by_label_total", ["label_name", "label_value"], {
    help: "Lines that were dropped because their pod exceeds the rate limit. The series exists from the first such line.",
    values: { label_name: ["pod"] },
    sample: { label_name: "pod", label_value: "erp-worker-5c9d7b8f4-x2x4z" },
  }),
  batches: histogram("promtail_request_duration_seconds", ["host", "status_code"], {
    help: "Batches that were sent to Loki. The status is -1 if there was no response.",
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    values: { status_code: matching("-1|[1-5][0-9][0-9]") },
    sample: { host, status_code: "204" },
  }).count,
};
