import { matching, open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { promtailJob } from "./log-agent-jobs";

const { counter, gauge, histogram } = source(promtailJob);
const host = "loki.logging.svc:3100";
const path = "/var/log/pods/erp_erp-api-6d5f7c9b8-4xk2p_1f0c/erp-api/0.log";
const ofFile = { values: { path: open("each container has its files") }, sample: { path } };
const reasons = ["ingester_error", "line_too_long", "rate_limited", "stream_limited"];

/** Metrics that Promtail exposes about itself on each node. */
export const promtail = {
  sentEntries: counter("promtail_sent_entries_total", ["host"], {
    help: "Lines that Loki accepted.",
    sample: { host },
  }),
  droppedEntries: counter("promtail_dropped_entries_total", ["host", "reason"], {
    help: "Lines that were dropped: above a limit of the agent, or rejected by Loki for their content.",
    values: { reason: reasons },
    sample: { host, reason: "ingester_error" },
  }),
  begunBytes: counter("promtail_encoded_bytes_total", ["host"], {
    help: "Compressed bytes of the batches that the agent began to send. A batch counts once, with all of its attempts.",
    sample: { host },
  }),
  sentBytes: counter("promtail_sent_bytes_total", ["host"], {
    help: "Compressed bytes of the batches that Loki accepted.",
    sample: { host },
  }),
  droppedBytes: counter("promtail_dropped_bytes_total", ["host", "reason"], {
    help: "Bytes of dropped batches, compressed, and of dropped lines.",
    values: { reason: reasons },
    sample: { host, reason: "ingester_error" },
  }),
  fileBytes: gauge("promtail_file_bytes_total", ["path"], {
    help: "Size of a log file that the agent reads.",
    ...ofFile,
  }),
  readBytes: gauge("promtail_read_bytes_total", ["path"], {
    help: "Bytes of a log file that the agent has read. Within these, a few lines may wait in the agent.",
    ...ofFile,
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
