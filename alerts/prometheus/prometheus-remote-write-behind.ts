import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { remoteWrite } from "../../metrics/prometheus/remote-write-metrics";

const { newestSent } = remoteWrite;

/** Beyond it the write-ahead log is no longer whole: https://prometheus.io/docs/practices/remote_write/ */
const lost = 7200;

/**
 * Compared with the clock and not with the newest sample in the queue, which rises no more either once the queue is full.
 * The limit keeps a queue that has sent nothing yet from being as old as 1970.
 */
export const prometheusRemoteWriteBehind = alert({
  name: "PrometheusRemoteWriteBehind",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  on: ["pod", "remote_name"],
  measure: promql`clamp_max(time() - max by (pod, remote_name) (${newestSent}), ${lost})`,
  above: seconds(120),
  for: "15m",
  summary: "Samples that are to be kept for long are not sent on in time.",
  description: `{{ $labels.remote_name }} has the samples of {{ $labels.pod }} up to ${valueText("seconds")} ago. Of more than two hours the oldest are lost to it.`,
  scenarios: {
    "the receiver is away for forty minutes": fires({
      given: [
        samples(newestSent, [
          rises(1, "10m"),
          holds(600, lasting("25m")),
          // What waited is sent faster than it came.
          rises(61, "1m"),
          rises(1, "19m"),
        ]),
      ],
      onset: "10m",
      after: lasting("1m45s"),
      by: lasting("2m30s"),
      resolves: { after: lasting("24m45s"), by: lasting("26m15s") },
    }),
    "nothing is sent since Prometheus started": fires({
      given: [samples(newestSent, [holds(0, lasting("45m"))])],
      after: lasting("1m45s"),
      by: lasting("2m30s"),
    }),
    "it is a little slower than the limit": fires({
      given: [samples(newestSent, [holds(0, "150s"), rises(1, "1h")])],
      after: lasting("1m45s"),
      by: lasting("2m30s"),
    }),
    "it is a little faster than the limit": silent({
      given: [samples(newestSent, [holds(0, "105s"), rises(1, "1h")])],
    }),
    "the receiver is restarted": blip({
      given: [
        samples(newestSent, [rises(1, "10m"), holds(600, "12m"), { for: "20m", value: { from: 1320, perSecond: 1 } }]),
      ],
    }),
    "Prometheus is gone": absence(silent({ given: [], because: "what cannot be scraped has an alert of its own" })),
  },
});
