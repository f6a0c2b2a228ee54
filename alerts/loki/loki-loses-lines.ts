import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { lokiCanary } from "../../metrics/loki/loki-canary-metrics";

const { entries, missingEntries } = lokiCanary;
/** Samples of the canaries, which lose the share `missing` of their lines for the time `during`. */
const canarySamples = (missing: number, during: StoryTime = "30m") => [
  samples(entries, [rises(2, "1h")]),
  samples(missingEntries, [rises(0, "10m"), rises(2 * missing, during), rises(0, "20m")]),
];

/** The canary on each node writes one line per second directly to Loki, and queries it five minutes later. */
export const lokiLosesLines = alert({
  name: "LokiLosesLines",
  group: "platform-logging",
  severity: "warning",
  service: "loki",
  team: "platform",
  causedBy: ["loki", "loki-volume", "loki-writes"],
  measure: promql`sum(rate(${missingEntries}[10m])) / sum(rate(${entries}[10m]))`,
  above: ratio(0.01),
  littleTraffic: "each canary writes one line per second",
  for: "10m",
  summary: "Loki accepts log lines but loses some of them: searches may miss lines.",
  description: `Loki did not return ${valueText("ratio")} of the lines that the canaries wrote in the last ten minutes.`,
  scenarios: {
    "a replica loses the lines in its memory": fires({
      given: canarySamples(0.5, lasting("20m")),
      onset: "10m",
      after: lasting(),
      by: lasting("1m"),
      resolves: { after: lasting("29m"), by: lasting("30m30s") },
    }),
    "a little above the limit": fires({
      given: (limit) => canarySamples(1.2 * limit, "50m"),
      onset: "10m",
      after: lasting("7m"),
      by: lasting("10m"),
    }),
    "a little below the limit": silent({ given: (limit) => canarySamples(0.9 * limit, "50m") }),
    "some lines are found too late": blip({ given: canarySamples(0.5, "15s") }),
    "no canary writes": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
