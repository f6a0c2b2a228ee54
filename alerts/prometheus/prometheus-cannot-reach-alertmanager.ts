import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { notificationErrors, notificationsSent } = prometheus;

const one = { alertmanager: "http://10.0.0.2:9093/api/v2/alerts" };

const refused = ratio(0.1);

const other = { alertmanager: "http://10.0.0.3:9093/api/v2/alerts" };

/** With the others it still tells everybody; with none left only the silence of the heartbeat does. */
export const prometheusCannotReachAlertmanager = alert({
  name: "PrometheusCannotReachAlertmanager",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`sum by (alertmanager) (rate(${notificationErrors}[5m])) / sum by (alertmanager) (rate(${notificationsSent}[5m]))`,
  on: ["alertmanager"],
  above: refused,
  for: "10m",
  summary: "An Alertmanager does not take the alerts of Prometheus.",
  description: `${valueText("ratio")} of the alerts for {{ $labels.alertmanager }} are not accepted. While there are other Alertmanagers, they still notify.`,
  scenarios: {
    "one of two takes no more": fires({
      given: [
        samples(notificationsSent, [rises(1, "1h")], one),
        samples(notificationErrors, [rises(0, "1h")], one),
        samples(notificationsSent, [rises(1, "1h")], other),
        samples(notificationErrors, [rises(0, "10m"), rises(1, "20m"), rises(0, "30m")], other),
      ],
      onset: "10m",
      after: "10m15s",
      by: "10m45s",
      resolves: { after: "24m", by: "25m" },
    }),
    "a little more than the limit is refused": fires({
      given: [
        samples(notificationsSent, [rises(1, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(1.2 * refused.value, "50m")], one),
      ],
      onset: "10m",
      after: "13m",
      by: "15m",
    }),
    "a little less than the limit is refused": silent({
      given: [
        samples(notificationsSent, [rises(1, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(0.9 * refused.value, "50m")], one),
      ],
    }),
    "it is restarted": blip({
      given: [
        samples(notificationsSent, [rises(1, "1h")], one),
        samples(notificationErrors, [rises(0, "10m"), rises(1, "2m"), rises(0, "30m")], one),
      ],
    }),
    "there is no alert to send": absence(silent({ given: [], because: "nobody waits for one" })),
  },
});
