import { source } from "../../kit/metrics/metric";
import { prometheusJob } from "./prometheus-metrics";

const { counter, gauge } = source(prometheusJob);
const queue = ["remote_name", "url"];
const url = "https://mimir.example.com/api/v1/push";
const sample = { remote_name: url, url };

/** What Prometheus says of the samples that it sends on, where it does. */
export const remoteWrite = {
  sent: counter("prometheus_remote_storage_samples_total", queue, {
    help: "Samples that were sent, whether the receiver took them or not.",
    sample,
  }),
  refused: counter("prometheus_remote_storage_samples_failed_total", queue, {
    help: "Samples that the receiver did not take, and that are not sent again.",
    sample,
  }),
  newestSent: gauge("prometheus_remote_storage_queue_highest_sent_timestamp_seconds", queue, {
    help: "When the newest sample was taken that was sent, refused or not; 0 before the first.",
    sample,
  }),
};
