import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { loki } from "../../metrics/loki/loki-metrics";

const { retentionApplied, startTime } = loki;

const slow = { stepSeconds: 120 } as const;

/** When it last ran, for as long as that stays so. */
const runSamples = (...runs: readonly [at: number, during: StoryTime][]) =>
  runs.map(([at, during]) => holds(at, during));

/** Every ten minutes one of the replicas marks what is too old; it is deleted two hours later. */
export const lokiRetentionStopped = alert({
  name: "LokiRetentionStopped",
  group: "platform-logging",
  severity: "warning",
  service: "loki",
  team: "platform",
  // Until it has run once, its time is 0, which would be decades ago.
  measure: promql`time() - (max(${retentionApplied} > 0) or max(${startTime}))`,
  above: seconds(3 * 60 * 60),
  for: "1h",
  summary: "Loki deletes old log lines no more: the volume fills, and lines are kept longer than was promised.",
  description: `Loki has marked no old lines for ${valueText("seconds")}.`,
  scenarios: {
    "the compactor hangs": fires({
      ...slow,
      given: (limit) => [samples(retentionApplied, runSamples([600 + limit - 10_800, lasting("5h")], [30_000, "1h"]))],
      onset: "10m",
      after: lasting("3h"),
      by: lasting("3h2m"),
      resolves: { after: lasting("4h48m"), by: lasting("4h50m") },
    }),
    "it has never run since the pods started": fires({
      ...slow,
      given: (limit) => [
        samples(retentionApplied, [holds(0, lasting("5h"))]),
        samples(startTime, [holds(600 + limit - 10_800, lasting("5h"))]),
      ],
      onset: "10m",
      after: lasting("3h"),
      by: lasting("3h2m"),
    }),
    "the one that did it hands over to another replica": silent({
      ...slow,
      given: [
        samples(retentionApplied, runSamples([600, "10h"])),
        samples(retentionApplied, runSamples([0, "2h"], [7200, "2h"], [14_400, "2h"], [21_600, "4h"]), {
          pod: "loki-1",
        }),
      ],
    }),
    "it runs again after three and a half hours": blip({
      ...slow,
      given: [samples(retentionApplied, runSamples([600, "3h40m"], [13_200, "2h"]))],
    }),
    "it is gone": absence(
      silent({
        given: [samples(retentionApplied, [gone("5h")])],
        because: "what cannot be scraped has an alert of its own",
      }),
    ),
  },
});
