import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { lokiCanary } from "../../metrics/loki/loki-canary-metrics";

const { entries, missingEntries } = lokiCanary;
/** Of two nodes, whose canaries lose this share of their lines for a time. */
const canarySamples = (missing: number, during: StoryTime = "30m") => [
  samples(entries, [rises(2, "1h")]),
  samples(missingEntries, [rises(0, "10m"), rises(2 * missing, during), rises(0, "20m")]),
];

/** The canaries write a line a second on each node, straight to Loki, and look for it five minutes later. */
export const lokiLosesLines = alert({
  name: "LokiLosesLines",
  group: "platform-logging",
  severity: "warning",
  service: "loki",
  team: "platform",
  causedBy: ["loki"],
  measure: promql`sum(rate(${missingEntries}[10m])) / sum(rate(${entries}[10m]))`,
  above: ratio(0.01),
  littleTraffic: "each canary writes a line a second",
  for: "10m",
  summary: "Loki takes log lines, and does not find them again.",
  description: `${valueText("ratio")} of the lines that the canaries wrote were not found again.`,
  scenarios: {
    "a member lost what it had in memory": fires({
      given: canarySamples(0.5, lasting("20m")),
      onset: "10m",
      after: lasting(),
      by: lasting("1m"),
      resolves: { after: lasting("29m"), by: lasting("30m30s") },
    }),
    "a little more than the limit": fires({
      given: (limit) => canarySamples(1.2 * limit, "50m"),
      onset: "10m",
      after: lasting("7m"),
      by: lasting("10m"),
    }),
    "a little less than the limit": silent({ given: (limit) => canarySamples(0.9 * limit, "50m") }),
    "some lines are found too late": blip({ given: canarySamples(0.5, "15s") }),
    "no canary writes": absence(silent({ given: [], because: "what cannot be scraped has an alert of its own" })),
  },
});
