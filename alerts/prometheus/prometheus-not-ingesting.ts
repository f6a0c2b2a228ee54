import { alert } from "../../kit/alerts/alert";
import { gone, holds, lost, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";
import { age, limit } from "./sample-age";

const { up } = prometheus;

/** Every other alert is blind, or sees what is no more. */
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
  summary: "Prometheus stores no samples any more: no other alert can be trusted.",
  description: `The newest sample that Prometheus took of itself is ${valueText("seconds")} old, or older.`,
  scenarios: {
    "the disk is full, and freed after twenty minutes": fires({
      given: [samples(up, [holds(1, "10m"), lost(lasting("19m")), holds(1, "5m")])],
      onset: "9m45s",
      after: lasting("2m"),
      by: lasting("2m15s"),
      resolves: { after: lasting("19m"), by: lasting("19m15s") },
    }),
    "it no longer scrapes itself": fires({
      given: [samples(up, [holds(1, "10m"), gone(lasting("9m"))])],
      onset: "10m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "five scrapes are lost": blip({ given: [samples(up, [holds(1, "10m"), lost("2m45s"), holds(1, "10m")])] }),
    "two scrapes take long": silent({ given: [samples(up, [holds(1, "10m"), lost("1m"), holds(1, "10m")])] }),
    "its own page is slow to answer": silent({
      given: [samples(up, [holds(1, "10m"), holds(0, "10m")])],
      because: "that it failed to answer is a sample as well",
    }),
    "it starts anew, and finds itself after 45 seconds": silent({
      given: [samples(up, [gone("45s"), holds(1, "10m")])],
    }),
    "nothing is stored": absence(fires({ given: [], after: lasting("-15s"), by: lasting() })),
  },
});
