import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { remoteWrite } from "../../metrics/prometheus/remote-write-metrics";

const { sent, refused } = remoteWrite;

/** Of a thousand samples in a second, the share for a time. */
const refusalSamples = (share: number, time: StoryTime) => [
  samples(sent, [rises(1000, "2h")]),
  samples(refused, [rises(0, "10m"), rises(1000 * share, time), rises(0, "50m")]),
];

/** They are not sent again, and the queue goes on as if nothing were the matter. */
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
  summary: "Samples that are to be kept for long are refused, and lost to whoever keeps them.",
  description: `{{ $labels.remote_name }} refuses ${valueText("ratio")} of the samples of {{ $labels.pod }}.`,
  scenarios: {
    "a password was changed": fires({
      given: refusalSamples(1, lasting("45m")),
      onset: "10m",
      after: lasting("-15s"),
      by: lasting("1m"),
      resolves: { after: lasting("49m"), by: lasting("51m") },
    }),
    "a little more than the limit": fires({
      given: (limit) => refusalSamples(1.2 * limit, "1h"),
      onset: "10m",
      after: lasting("3m"),
      by: lasting("5m"),
    }),
    "a little less than the limit": silent({ given: (limit) => refusalSamples(0.9 * limit, "1h") }),
    "samples come twice after a restart": blip({ given: refusalSamples(0.5, "5m") }),
    "nothing is sent": absence(silent({ given: [], because: "of that tells PrometheusRemoteWriteBehind" })),
  },
});
