import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { notificationErrors, notificationsSent } = prometheus;

const one = { alertmanager: "http://10.0.0.2:9093/api/v2/alerts" };

const other = { alertmanager: "http://10.0.0.3:9093/api/v2/alerts" };

const sentPerSecond = 3;

/** With the others it still tells everybody; with none left only the silence of the heartbeat does. */
export const prometheusCannotReachAlertmanager = alert({
  name: "PrometheusCannotReachAlertmanager",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`sum by (alertmanager) (rate(${notificationErrors}[5m])) / sum by (alertmanager) (rate(${notificationsSent}[5m]))`,
  on: ["alertmanager"],
  above: ratio(0.1),
  littleTraffic: "Prometheus sends every alert again each minute while it fires",
  for: "10m",
  summary: "An Alertmanager does not take the alerts of Prometheus.",
  description: `${valueText("ratio")} of the alerts for {{ $labels.alertmanager }} are not accepted. While there are other Alertmanagers, they still notify.`,
  scenarios: {
    "one of two takes no more": fires({
      given: [
        samples(notificationsSent, [rises(sentPerSecond, "1h")], one),
        samples(notificationErrors, [rises(0, "1h")], one),
        samples(notificationsSent, [rises(sentPerSecond, "1h")], other),
        samples(notificationErrors, [rises(0, "10m"), rises(sentPerSecond, lasting("10m")), rises(0, "30m")], other),
      ],
      onset: "10m",
      after: lasting("15s"),
      by: lasting("45s"),
      resolves: { after: lasting("14m"), by: lasting("15m") },
    }),
    "a little more than the limit is refused": fires({
      given: (limit) => [
        samples(notificationsSent, [rises(sentPerSecond, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(1.2 * limit * sentPerSecond, lasting("40m"))], one),
      ],
      onset: "10m",
      after: lasting("3m"),
      by: lasting("5m"),
    }),
    "a little less than the limit is refused": silent({
      given: (limit) => [
        samples(notificationsSent, [rises(sentPerSecond, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(0.9 * limit * sentPerSecond, "50m")], one),
      ],
    }),
    "it is restarted": blip({
      given: [
        samples(notificationsSent, [rises(sentPerSecond, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(sentPerSecond, "2m"), rises(0, "30m")], one),
      ],
    }),
    "there is no alert to send": absence(silent({ given: [], because: "nobody waits for one" })),
  },
});
