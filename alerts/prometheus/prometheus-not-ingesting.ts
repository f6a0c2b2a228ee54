import { alert } from "../../kit/alerts/alert";
import { gone, holds, lost, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { targetUp } from "../../kit/metrics/target-metrics";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { prometheusReloaderJob } from "../../metrics/prometheus/config-reloader-metrics";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";
import { age, limit } from "./sample-age";

const { up } = prometheus;
const prometheusReloaderUp = targetUp(prometheusReloaderJob);

/** All other alerts have no data, or old data. */
export const prometheusNotIngesting = alert({
  name: "PrometheusNotIngesting",
  group: "platform-monitoring",
  severity: "critical",
  service: "prometheus",
  team: "platform",
  cause: "prometheus",
  measure: age,
  above: limit,
  for: "1m",
  summary: "Prometheus no longer stores samples: no other alert can be trusted.",
  description: `The newest sample that Prometheus scraped from any target is at least ${valueText("seconds")} old.`,
  scenarios: {
    "the disk is full for twenty minutes": fires({
      given: [samples(up, [holds(1, "10m"), lost(lasting("19m")), holds(1, "5m")])],
      onset: "9m45s",
      after: lasting("2m"),
      by: lasting("2m15s"),
      resolves: { after: lasting("19m"), by: lasting("19m15s") },
    }),
    "every monitor is deleted": fires({
      given: [
        samples(up, [holds(1, "10m"), gone(lasting("9m"))]),
        samples(erpApi.up, [holds(1, "10m"), gone(lasting("9m"))]),
      ],
      onset: "10m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "only the monitor of Prometheus itself is deleted": silent({
      given: [
        samples(up, [holds(1, "10m"), lost("20m")]),
        samples(prometheusReloaderUp, [holds(1, "10m"), lost("20m")]),
        samples(erpApi.up, [holds(1, "30m")]),
      ],
      because: "PlatformTargetsMissing fires",
    }),
    "five scrapes are lost": blip({ given: [samples(up, [holds(1, "10m"), lost("2m45s"), holds(1, "10m")])] }),
    "two scrapes are lost": silent({ given: [samples(up, [holds(1, "10m"), lost("1m"), holds(1, "10m")])] }),
    "scrapes of Prometheus itself fail": silent({
      given: [samples(up, [holds(1, "10m"), holds(0, "10m")])],
      because: "the failure is stored as a sample",
    }),
    "Prometheus restarts and discovers itself after 45 seconds": silent({
      given: [samples(up, [gone("45s"), holds(1, "10m")])],
    }),
    "nothing is stored": absence(fires({ given: [], after: lasting("-15s"), by: lasting() })),
  },
});
