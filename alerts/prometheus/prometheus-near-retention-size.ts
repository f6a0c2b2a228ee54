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

/** Nothing fails at the limit: the oldest samples go, and with them what SLOs of a month are computed from. */
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
  summary: "Prometheus is about to delete samples before their time.",
  description: `{{ $labels.pod }} takes ${valueText("ratio")} of what its samples may take on the volume.`,
  scenarios: {
    "a little more than the limit is taken": fires({
      ...slow,
      given: (limit) => volumeSamples(1.02 * limit, lasting("1h")),
      onset: "1h",
      after: lasting("-1m"),
      by: lasting(),
      resolves: { after: lasting("59m"), by: lasting("1h") },
    }),
    "a little less than the limit is taken": silent({ ...slow, given: (limit) => volumeSamples(0.98 * limit) }),
    "a compaction needs room for half an hour": blip({
      ...slow,
      given: [
        samples(retentionSize, [holds(80 * gigabyte, "3h")]),
        samples(wal, [holds(2 * gigabyte, "3h")]),
        samples(headChunks, [holds(1 * gigabyte, "3h")]),
        samples(blocks, [holds(40 * gigabyte, "1h"), holds(75 * gigabyte, "30m"), holds(40 * gigabyte, "1h30m")]),
      ],
    }),
    "it is gone": absence(silent({ given: [], because: "what cannot be scraped has an alert of its own" })),
  },
});
