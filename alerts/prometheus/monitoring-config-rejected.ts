import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { alertmanager } from "../../metrics/alertmanager/alertmanager-metrics";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

/** The program keeps its old configuration until it is restarted. Then it cannot start with the new one. */
export const monitoringConfigRejected = alert({
  name: "MonitoringConfigRejected",
  group: "platform-monitoring",
  severity: "warning",
  service: "monitoring",
  team: "platform",
  measure: promql`min by (job, pod) (${prometheus.configLoaded}) or min by (job, pod) (${alertmanager.configLoaded})`,
  on: ["job", "pod"],
  below: count(1),
  for: "5m",
  summary: "Prometheus or Alertmanager rejects its new configuration and cannot restart with it.",
  description:
    "{{ $labels.pod }} ({{ $labels.job }}) still runs with an older configuration. If it restarts, it will fail to start with the new one.",
  scenarios: {
    "Alertmanager rejects its routes": fires({
      given: [
        samples(prometheus.configLoaded, [holds(1, "30m")]),
        samples(alertmanager.configLoaded, [holds(1, "5m"), holds(0, lasting("10m")), holds(1, "10m")]),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "one of two Prometheus servers rejects a rule": fires({
      given: [
        samples(prometheus.configLoaded, [holds(1, "30m")]),
        samples(prometheus.configLoaded, [holds(1, "5m"), holds(0, lasting("10m"))], { pod: "prometheus-1" }),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "a valid configuration follows after four minutes": blip({
      given: [samples(prometheus.configLoaded, [holds(1, "5m"), holds(0, "4m"), holds(1, "10m")])],
    }),
    "Prometheus is gone": absence(
      silent({
        given: [samples(prometheus.configLoaded, [holds(0, "3m"), gone("20m")])],
        because: "PlatformTargetsMissing fires",
      }),
    ),
  },
});
