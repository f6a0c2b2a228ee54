import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { sampleLimitHit } = prometheus;

/** Prometheus discards the whole scrape: there are no metrics of that target, and it counts as down. */
export const scrapeSampleLimitHit = alert({
  name: "ScrapeSampleLimitHit",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`sum by (pod) (increase(${sampleLimitHit}[2m]))`,
  on: ["pod"],
  above: count(1),
  for: "3m",
  summary: "A target exposes more series than its limit allows: all its metrics are missing.",
  description: `{{ $labels.pod }} discarded ${valueText("count", "scrape")} in the last two minutes. Prometheus treats the scraped targets as down.`,
  scenarios: {
    "each request adds a label value": fires({
      given: [samples(sampleLimitHit, [rises(0, "10m"), rises(1 / 15, lasting("17m")), rises(0, "10m")])],
      onset: "10m",
      after: lasting(),
      by: lasting("45s"),
      resolves: { after: lasting("17m30s"), by: lasting("19m") },
    }),
    "one scrape in two minutes is discarded": silent({
      given: [samples(sampleLimitHit, [rises(0, "10m"), rises(0.9 / 120, "30m")])],
      because: "the next scrape succeeds",
    }),
    "a little above the limit": fires({
      given: [samples(sampleLimitHit, [rises(0, "10m"), rises(1.3 / 120, lasting("27m"))])],
      onset: "10m",
      after: lasting("1m"),
      by: lasting("4m"),
    }),
    "three scrapes are discarded while a pod starts": blip({
      given: [samples(sampleLimitHit, [rises(0, "10m"), rises(1 / 15, "45s"), rises(0, "10m")])],
    }),
    "nothing is counted": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
