import { alert } from "../../kit/alerts/alert";
import { factor } from "../../kit/alerts/limit";
import { holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const { series } = prometheus;

const slow = { stepSeconds: 120 } as const;

const few = 20_000;

const most = promql`max by (pod) (${series})`;

/**
 * Memory grows with series: before it runs out, the label that takes ever new values can be found. A Prometheus that is
 * not six hours old has not grown.
 */
export const prometheusSeriesGrowing = alert({
  name: "PrometheusSeriesGrowing",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`${most} / (max by (pod) (${series} offset 6h) or ${most})`,
  above: factor(2),
  provided: promql`${most} > ${few}`,
  on: ["pod"],
  for: "30m",
  summary: "Prometheus holds far more series than six hours ago.",
  description: `{{ $labels.pod }} holds ${valueText("factor")} times as many series as six hours ago.`,
  scenarios: {
    "a label takes ever new values": fires({
      ...slow,
      given: (limit) => [
        samples(series, [holds(2 * few, "7h"), holds(2 * few * 1.1 * limit, lasting("1h30m")), holds(2 * few, "1h")]),
      ],
      onset: "7h",
      after: lasting("-2m"),
      by: lasting(),
      resolves: { after: lasting("1h28m"), by: lasting("1h30m") },
    }),
    "a small cluster becomes large": fires({
      ...slow,
      given: (limit) => [samples(series, [holds(few / 2, "7h"), holds(1.1 * limit * (few / 2), lasting("1h30m"))])],
      onset: "7h",
      after: lasting("-2m"),
      by: lasting(),
    }),
    "every pod is replaced": silent({
      ...slow,
      given: (limit) => [samples(series, [holds(2 * few, "7h"), holds(2 * few * 0.9 * limit, "2h")])],
    }),
    "twenty minutes of new values": blip({
      ...slow,
      given: (limit) => [samples(series, [holds(2 * few, "7h"), holds(4 * few * limit, "20m"), holds(2 * few, "1h")])],
    }),
    "a small cluster becomes a little larger": lowTraffic({
      ...slow,
      given: (limit) => [samples(series, [holds(0.3 * few, "7h"), holds(0.3 * few * 1.1 * limit, "2h")])],
    }),
    "it is gone": absence(silent({ given: [], because: "what cannot be scraped has an alert of its own" })),
  },
});
