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

/** Time of the last run, for as long as it stays the last one. */
const runSamples = (...runs: readonly [at: number, during: StoryTime][]) =>
  runs.map(([at, during]) => holds(at, during));

/** Every ten minutes, one replica marks lines that are too old. They are deleted two hours later. */
export const lokiRetentionStopped = alert({
  name: "LokiRetentionStopped",
  group: "platform-logging",
  severity: "warning",
  service: "loki",
  team: "platform",
  // Before the first run the time is 0, which would be decades ago.
  measure: promql`time() - (max(${retentionApplied} > 0) or max(${startTime}))`,
  above: seconds(3 * 60 * 60),
  for: "1h",
  summary: "Loki no longer deletes old log lines: its storage fills, and lines are kept longer than configured.",
  description: `Loki last marked old lines for deletion ${valueText("seconds")} ago. It should do so every ten minutes.`,
  scenarios: {
    "the compactor hangs": fires({
      ...slow,
      given: (limit) => [samples(retentionApplied, runSamples([600 + limit - 10_800, lasting("5h")], [30_000, "1h"]))],
      onset: "10m",
      after: lasting("3h"),
      by: lasting("3h2m"),
      resolves: { after: lasting("4h48m"), by: lasting("4h50m") },
    }),
    "retention has not run since the pods started": fires({
      ...slow,
      given: (limit) => [
        samples(retentionApplied, [holds(0, lasting("5h"))]),
        samples(startTime, [holds(600 + limit - 10_800, lasting("5h"))]),
      ],
      onset: "10m",
      after: lasting("3h"),
      by: lasting("3h2m"),
    }),
    "another replica takes over": silent({
      ...slow,
      given: [
        samples(retentionApplied, runSamples([600, "10h"])),
        samples(retentionApplied, runSamples([0, "2h"], [7200, "2h"], [14_400, "2h"], [21_600, "4h"]), {
          pod: "loki-1",
        }),
      ],
    }),
    "retention runs again after three and a half hours": blip({
      ...slow,
      given: [samples(retentionApplied, runSamples([600, "3h40m"], [13_200, "2h"]))],
    }),
    "Loki is gone": absence(
      silent({
        given: [samples(retentionApplied, [gone("5h")])],
        because: "PlatformTargetsMissing fires",
      }),
    ),
  },
});
