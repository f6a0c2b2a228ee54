import { source } from "../../kit/metrics/metric";
import { prometheusJob } from "./prometheus-metrics";

const { counter, gauge } = source(prometheusJob);
const queue = ["remote_name", "url"];
const url = "https://mimir.example.com/api/v1/push";
const sample = { remote_name: url, url };

/** Metrics of Prometheus about remote write, in environments that use it. */
export const remoteWrite = {
  sent: counter("prometheus_remote_storage_samples_total", queue, {
    help: "Samples that were sent, accepted or not.",
    sample,
  }),
  refused: counter("prometheus_remote_storage_samples_failed_total", queue, {
    help: "Samples that the receiver rejected. They are not sent again.",
    sample,
  }),
  newestSent: gauge("prometheus_remote_storage_queue_highest_sent_timestamp_seconds", queue, {
    help: "Unix time of the newest sample that was sent, rejected or not. 0 before the first one.",
    sample,
  }),
};
