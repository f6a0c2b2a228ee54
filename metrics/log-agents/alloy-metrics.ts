import { matching, open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { alloyJob } from "./log-agent-jobs";

const { counter, gauge, histogram } = source(alloyJob);
const ofComponent = ["component_id", "component_path"];
const writer = { component_id: "loki.write.loki", component_path: "/", host: "loki.logging.svc:3100" };
const reader = { component_id: "loki.source.file.pods", component_path: "/" };
const path = "/var/log/pods/erp_erp-api-6d5f7c9b8-4xk2p_1f0c/erp-api/0.log";
const ofFile = { values: { path: open("each container has its files") }, sample: { ...reader, path } };
const reasons = ["ingester_error", "line_too_long", "queue_is_full", "rate_limited", "stream_limited"];

/** Metrics that Alloy exposes about itself on each node, for the components of our configuration. */
export const alloy = {
  sentEntries: counter("loki_write_sent_entries_total", [...ofComponent, "host"], {
    help: "Lines that Loki accepted.",
    sample: writer,
  }),
  droppedEntries: counter("loki_write_dropped_entries_total", [...ofComponent, "host", "reason"], {
    help: "Lines that were dropped: too long, too many, or rejected by Loki for their content.",
    values: { reason: reasons },
    sample: { ...writer, reason: "ingester_error" },
  }),
  begunBytes: histogram("loki_write_request_size_bytes", [...ofComponent, "host"], {
    help: "Compressed bytes of the batches that the agent began to send. A batch counts once, with all of its attempts.",
    bounds: [1024, 4096, 16384, 65536, 262144, 524288, 1048576, 2097152, 4194304, 8388608, 16777216, 20971520],
    sample: writer,
  }).sum,
  sentBytes: counter("loki_write_sent_bytes_total", [...ofComponent, "host"], {
    help: "Compressed bytes of the batches that Loki accepted.",
    sample: writer,
  }),
  droppedBytes: counter("loki_write_dropped_bytes_total", [...ofComponent, "host", "reason"], {
    help: "Bytes of dropped batches, compressed, and of dropped lines.",
    values: { reason: reasons },
    sample: { ...writer, reason: "ingester_error" },
  }),
  fileBytes: gauge("loki_source_file_file_bytes_total", [...ofComponent, "path"], {
    help: "Size of a log file that the agent reads, when it last read a line of it.",
    ...ofFile,
  }),
  readBytes: gauge("loki_source_file_read_bytes_total", [...ofComponent, "path"], {
    help: "Bytes of a log file that the agent has read. The series exists from the first line.",
    ...ofFile,
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
