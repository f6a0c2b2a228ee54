import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { remoteWrite } from "../../metrics/prometheus/remote-write-metrics";

const { sent, refused } = remoteWrite;

/** A thousand samples per second are sent, of which this share is rejected during `time`. */
const refusalSamples = (share: number, time: StoryTime) => [
  samples(sent, [rises(1000, "2h")]),
  samples(refused, [rises(0, "10m"), rises(1000 * share, time), rises(0, "50m")]),
];

/** Rejected samples are not sent again, and the queue continues as if they had been accepted. */
export const prometheusRemoteWriteRefused = alert({
  name: "PrometheusRemoteWriteRefused",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  on: ["pod", "remote_name"],
  measure: promql`sum by (pod, remote_name) (rate(${refused}[5m])) / sum by (pod, remote_name) (rate(${sent}[5m]))`,
  above: ratio(0.01),
  littleTraffic: "samples are sent at a steady pace",
  for: "15m",
  summary: "The long-term storage rejects samples: they are missing from long-term graphs.",
  description: `{{ $labels.remote_name }} rejects ${valueText("ratio")} of the samples that {{ $labels.pod }} sends.`,
  scenarios: {
    "a password was changed": fires({
      given: refusalSamples(1, lasting("45m")),
      onset: "10m",
      after: lasting("-15s"),
      by: lasting("1m"),
      resolves: { after: lasting("49m"), by: lasting("51m") },
    }),
    "a little above the limit": fires({
      given: (limit) => refusalSamples(1.2 * limit, "1h"),
      onset: "10m",
      after: lasting("3m"),
      by: lasting("5m"),
    }),
    "a little below the limit": silent({ given: (limit) => refusalSamples(0.9 * limit, "1h") }),
    "samples are sent twice after a restart": blip({ given: refusalSamples(0.5, "5m") }),
    "nothing is sent": absence(silent({ given: [], because: "PrometheusRemoteWriteBehind fires" })),
  },
});
