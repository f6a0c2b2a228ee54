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

/** Other Alertmanagers still send notifications. If none is left, the only signal is that the heartbeat stops. */
export const prometheusCannotReachAlertmanager = alert({
  name: "PrometheusCannotReachAlertmanager",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`sum by (alertmanager) (rate(${notificationErrors}[5m])) / sum by (alertmanager) (rate(${notificationsSent}[5m]))`,
  on: ["alertmanager"],
  above: ratio(0.1),
  littleTraffic: "Prometheus sends each alert again every minute while it fires",
  for: "10m",
  summary: "Prometheus cannot send alerts to an Alertmanager: notifications may be lost.",
  description: `Prometheus fails to send ${valueText("ratio")} of its alerts to {{ $labels.alertmanager }}. Other Alertmanagers, if there are any, still send notifications.`,
  scenarios: {
    "one of two Alertmanagers accepts no alerts": fires({
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
    "a little above the limit": fires({
      given: (limit) => [
        samples(notificationsSent, [rises(sentPerSecond, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(1.2 * limit * sentPerSecond, lasting("40m"))], one),
      ],
      onset: "10m",
      after: lasting("3m"),
      by: lasting("5m"),
    }),
    "a little below the limit": silent({
      given: (limit) => [
        samples(notificationsSent, [rises(sentPerSecond, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(0.9 * limit * sentPerSecond, "50m")], one),
      ],
    }),
    "Alertmanager is restarted": blip({
      given: [
        samples(notificationsSent, [rises(sentPerSecond, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(sentPerSecond, "2m"), rises(0, "30m")], one),
      ],
    }),
    "there is no alert to send": absence(silent({ given: [], because: "no alert fires, so there is nothing to send" })),
  },
});
