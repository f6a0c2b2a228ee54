import { source } from "../../kit/metrics/metric";
import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

export const lokiCanaryJob = podJob("loki-canary", "http-metrics", "canary", pods.lokiCanary);

const { counter } = source(lokiCanaryJob);

/** What writes a line a second to Loki, and looks for it. */
export const lokiCanary = {
  entries: counter("loki_canary_entries_total", [], { help: "Lines that it wrote." }),
  missingEntries: counter("loki_canary_missing_entries_total", [], {
    help: "Lines that it did not find again within five minutes.",
  }),
};
