import { source } from "../../kit/metrics/metric";
import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const lokiCanaryJob = podJob("loki-canary", "http-metrics", "canary", pods.lokiCanary);

const { counter } = source(lokiCanaryJob);

/** Metrics of the canary, which writes one line per second to Loki and queries it later. */
export const lokiCanary = {
  entries: counter("loki_canary_entries_total", [], { help: "Lines that the canary wrote." }),
  missingEntries: counter("loki_canary_missing_entries_total", [], {
    help: "Lines that the canary did not find in Loki within five minutes.",
  }),
};
