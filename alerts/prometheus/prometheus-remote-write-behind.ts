import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { remoteWrite } from "../../metrics/prometheus/remote-write-metrics";

const { newestSent } = remoteWrite;

/** Age in seconds at which the write-ahead log is truncated: https://prometheus.io/docs/practices/remote_write/ */
const lost = 7200;

/**
 * The newest sent sample is compared with the clock. The newest sample in the queue does not help, because it stops
 * rising once the queue is full. `clamp_max` limits the age of a queue that has sent nothing yet, which would otherwise
 * be the age of 1970.
 */
export const prometheusRemoteWriteBehind = alert({
  name: "PrometheusRemoteWriteBehind",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  causedBy: ["dns"],
  on: ["pod", "remote_name"],
  measure: promql`clamp_max(time() - max by (pod, remote_name) (${newestSent}), ${lost})`,
  above: seconds(120),
  for: "15m",
  summary: "Samples reach the long-term storage late, and may be lost.",
  description: `The newest sample that {{ $labels.pod }} sent to {{ $labels.remote_name }} is ${valueText("seconds")} old. After two hours, the oldest unsent samples are lost.`,
  scenarios: {
    "the receiver is down for forty minutes": fires({
      given: [
        samples(newestSent, [
          rises(1, "10m"),
          holds(600, lasting("25m")),
          // The backlog is sent faster than it was collected.
          rises(61, "1m"),
          rises(1, "19m"),
        ]),
      ],
      onset: "10m",
      after: lasting("1m45s"),
      by: lasting("2m30s"),
      resolves: { after: lasting("24m45s"), by: lasting("26m15s") },
    }),
    "nothing was sent since Prometheus started": fires({
      given: [samples(newestSent, [holds(0, lasting("45m"))])],
      after: lasting("1m45s"),
      by: lasting("2m30s"),
    }),
    "sending is behind by a little more than the limit": fires({
      given: [samples(newestSent, [holds(0, "150s"), rises(1, "1h")])],
      after: lasting("1m45s"),
      by: lasting("2m30s"),
    }),
    "sending is behind by a little less than the limit": silent({
      given: [samples(newestSent, [holds(0, "105s"), rises(1, "1h")])],
    }),
    "the receiver is restarted": blip({
      given: [
        samples(newestSent, [rises(1, "10m"), holds(600, "12m"), { for: "20m", value: { from: 1320, perSecond: 1 } }]),
      ],
    }),
    "Prometheus is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
