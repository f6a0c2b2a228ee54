import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { blocks, wal, headChunks, retentionSize } = prometheus;

const slow = { stepSeconds: 60 } as const;

const gigabyte = 1e9;

const volumeSamples = (share: number, during: StoryTime = "2h") => [
  samples(retentionSize, [holds(80 * gigabyte, "5h")]),
  samples(wal, [holds(2 * gigabyte, "5h")]),
  samples(headChunks, [holds(1 * gigabyte, "5h")]),
  samples(blocks, [holds(40 * gigabyte, "1h"), holds((80 * share - 3) * gigabyte, during), holds(40 * gigabyte, "2h")]),
];

/** At the limit nothing fails: Prometheus deletes the oldest samples, from which it computes SLOs over a month. */
export const prometheusNearRetentionSize = alert({
  name: "PrometheusNearRetentionSize",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`max by (pod) ((${blocks} + ${wal} + ${headChunks}) / ${retentionSize})`,
  on: ["pod"],
  above: ratio(0.9),
  for: "1h",
  summary: "Prometheus will soon delete samples before their retention time ends: SLOs over a month become wrong.",
  description: `{{ $labels.pod }} uses ${valueText("ratio")} of the disk space that is allowed for its samples. At 100% it deletes the oldest samples.`,
  scenarios: {
    "a little above the limit": fires({
      ...slow,
      given: (limit) => volumeSamples(1.02 * limit, lasting("1h")),
      onset: "1h",
      after: lasting("-1m"),
      by: lasting(),
      resolves: { after: lasting("59m"), by: lasting("1h") },
    }),
    "a little below the limit": silent({ ...slow, given: (limit) => volumeSamples(0.98 * limit) }),
    "a compaction needs space for half an hour": blip({
      ...slow,
      given: [
        samples(retentionSize, [holds(80 * gigabyte, "3h")]),
        samples(wal, [holds(2 * gigabyte, "3h")]),
        samples(headChunks, [holds(1 * gigabyte, "3h")]),
        samples(blocks, [holds(40 * gigabyte, "1h"), holds(75 * gigabyte, "30m"), holds(40 * gigabyte, "1h30m")]),
      ],
    }),
    "Prometheus is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
