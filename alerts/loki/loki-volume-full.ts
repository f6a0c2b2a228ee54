import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { loki } from "../../metrics/loki/loki-metrics";

const { volumeUsed } = loki;

/**
 * From this share, Loki answers every push with "Ingester is shutting down". It stays ready, and nothing fails any more
 * once the log agents wait between their attempts. Space that retention frees ends it.
 * @see https://grafana.com/docs/loki/latest/configure/#ingester (`disk_full_threshold`)
 */
const refusing = ratio(0.9);

export const lokiVolumeFull = alert({
  name: "LokiVolumeFull",
  group: "platform-logging",
  severity: "warning",
  service: "loki",
  team: "platform",
  cause: "loki-volume",
  measure: promql`max by (pod) (${volumeUsed})`,
  on: ["pod"],
  above: refusing,
  for: "1m",
  summary: "Loki refuses all log lines, because its volume is full.",
  description: `${valueText("ratio")} of the volume of {{ $labels.pod }} is used. From 90 %, Loki refuses log lines. The log agents keep what the nodes keep: the lines of pods that are deleted are lost.`,
  scenarios: {
    "the volume fills, and is enlarged": fires({
      given: (limit) => [
        samples(volumeUsed, [holds(0.5, "10m"), holds(1.01 * limit, lasting("20m")), holds(0.5, "20m")]),
        samples(volumeUsed, [holds(0.5, lasting("50m"))], { pod: "loki-1" }),
      ],
      onset: "10m",
      after: lasting("-15s"),
      by: lasting("30s"),
      resolves: { after: lasting("19m45s"), by: lasting("20m15s") },
    }),
    "just below the limit": silent({ given: (limit) => [samples(volumeUsed, [holds(0.99 * limit, "1h")])] }),
    "a checkpoint needs space for half a minute": blip({
      given: [samples(volumeUsed, [holds(0.5, "10m"), holds(0.95, "30s"), holds(0.5, "20m")])],
    }),
    "Loki is gone": absence(
      silent({ given: [samples(volumeUsed, [gone("1h")])], because: "PlatformTargetsDown fires" }),
    ),
  },
});
