import { alert } from "../../kit/alerts/alert";
import { gone, holds, lost, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { targetUp } from "../../kit/metrics/target-metrics";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { prometheusReloaderJob } from "../../metrics/prometheus/config-reloader-metrics";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";
import { age, limit } from "./sample-age";

const { up } = prometheus;
const prometheusReloaderUp = targetUp(prometheusReloaderJob);

/**
 * An external service pages when this alert no longer arrives. The alert proves that samples are stored, rules are
 * evaluated and alerts are delivered.
 */
export const heartbeat = alert({
  name: "Heartbeat",
  group: "platform-monitoring",
  severity: "heartbeat",
  service: "prometheus",
  team: "platform",
  measure: age,
  below: limit,
  summary: "The monitoring works.",
  description: `The newest sample is ${valueText("seconds")} old, and notifications are delivered.`,
  scenarios: {
    "samples are stored, until the disk is full": fires({
      given: [samples(up, [gone("5m"), holds(1, "10m"), lost("20m")])],
      onset: "4m45s",
      after: "0s",
      by: "15s",
      resolves: { after: "11m45s", by: "12m" },
    }),
    "samples are stored again after an hour": fires({
      given: [samples(up, [lost("1h"), holds(1, "10m")])],
      onset: "59m45s",
      after: "0s",
      by: "15s",
    }),
    "only the monitor of Prometheus itself is deleted": fires({
      given: [
        samples(up, [gone("5m"), holds(1, "10m"), lost("20m")]),
        samples(prometheusReloaderUp, [gone("5m"), holds(1, "10m"), lost("20m")]),
        samples(erpApi.up, [gone("5m"), holds(1, "14m"), gone("5m")]),
      ],
      onset: "4m45s",
      after: "0s",
      by: "15s",
      resolves: { after: "14m", by: "14m15s" },
    }),
    "nothing is stored": absence(silent({ given: [], because: "the external service pages when the heartbeat stops" })),
  },
});
