import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { loki } from "../../metrics/loki/loki-metrics";

const { flushFailures } = loki;

/**
 * Lines accumulate in memory and in the write-ahead log, and fill both. Loki tries to write each chunk again every half a
 * minute, so the number of failures does not fall while the fault continues.
 */
export const lokiStorageFailing = alert({
  name: "LokiStorageFailing",
  group: "platform-logging",
  severity: "warning",
  service: "loki",
  team: "platform",
  causedBy: ["loki-volume"],
  measure: promql`sum by (pod) (increase(${flushFailures}[5m]))`,
  on: ["pod"],
  above: count(0),
  for: "10m",
  summary: "Loki cannot write log lines to its storage: lines may be lost.",
  description: `{{ $labels.pod }} failed to write log lines to its storage ${valueText("count", "time")} in the last five minutes.`,
  scenarios: {
    "the bucket rejects writes": fires({
      given: [samples(flushFailures, [rises(0, "10m"), rises(1 / 60, lasting("20m")), rises(0, "20m")])],
      onset: "10m",
      after: lasting("-15s"),
      by: lasting("30s"),
      resolves: { after: lasting("24m"), by: lasting("25m") },
    }),
    "a chunk is written at the second try": blip({
      given: [samples(flushFailures, [holds(0, "10m"), holds(1, "30m")])],
    }),
    "Loki is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
