import { matching } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { alloyJob } from "./log-agent-jobs";

const { counter, histogram } = source(alloyJob);
const ofComponent = ["component_id", "component_path"];
const writer = { component_id: "loki.write.loki", component_path: "/", host: "loki.logging.svc:3100" };

/** Metrics that Alloy exposes about itself on each node, for the components of our configuration. */
export const alloy = {
  sentEntries: counter("loki_write_sent_entries_total", [...ofComponent, "host"], {
    help: "Lines that Loki accepted.",
    sample: writer,
  }),
  droppedEntries: counter("loki_write_dropped_entries_total", [...ofComponent, "host", "reason"], {
    help: "Lines that were dropped: too long, too many, or refused for an hour.",
    values: { reason: ["ingester_error", "line_too_long", "queue_is_full", "rate_limited", "stream_limited"] },
    sample: { ...writer, reason: "ingester_error" },
  }),
  overRate: counter("loki_process_dropped_lines_by_label_total", [...ofComponent, "label_name", "label_value"], {
    help: "Lines that were dropped because their pod exceeds the rate limit. The series exists from the first such line.",
    values: { label_name: ["pod"] },
    sample: {
      component_id: "loki.process.pods",
      component_path: "/",
      label_name: "pod",
      label_value: "erp-worker-5c9d7b8f4-x2x4z",
    },
  }),
  batches: histogram("loki_write_request_duration_seconds", [...ofComponent, "host", "status_code"], {
    help: "Batches that were sent to Loki. The status is -1 if there was no response.",
    unit: "seconds",
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    values: { status_code: matching("-1|[1-5][0-9][0-9]") },
    sample: { ...writer, status_code: "204" },
  }).count,
};
