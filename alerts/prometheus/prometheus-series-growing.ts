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

const enough = 20_000;

const most = promql`max by (pod) (${series})`;

/**
 * Memory use grows with the number of series. The alert leaves time to find the label with ever new values before
 * memory runs out. A Prometheus that is less than six hours old shows no growth.
 */
export const prometheusSeriesGrowing = alert({
  name: "PrometheusSeriesGrowing",
  group: "platform-monitoring",
  severity: "warning",
  service: "prometheus",
  team: "platform",
  measure: promql`${most} / (max by (pod) (${series} offset 6h) or ${most})`,
  above: factor(2),
  provided: promql`${most} > ${enough}`,
  on: ["pod"],
  for: "30m",
  summary: "Prometheus has far more series than six hours ago, and may run out of memory.",
  description: `{{ $labels.pod }} has ${valueText("factor")} times as many series as six hours ago.`,
  scenarios: {
    "a label gets new values all the time": fires({
      ...slow,
      given: (limit) => [
        samples(series, [
          holds(2 * enough, "7h"),
          holds(2 * enough * 1.1 * limit, lasting("1h30m")),
          holds(2 * enough, "1h"),
        ]),
      ],
      onset: "7h",
      after: lasting("-2m"),
      by: lasting(),
      resolves: { after: lasting("1h28m"), by: lasting("1h30m") },
    }),
    "a small cluster becomes large": fires({
      ...slow,
      given: (limit) => [
        samples(series, [holds(enough / 2, "7h"), holds(1.1 * limit * (enough / 2), lasting("1h30m"))]),
      ],
      onset: "7h",
      after: lasting("-2m"),
      by: lasting(),
    }),
    "every pod is replaced": silent({
      ...slow,
      given: (limit) => [samples(series, [holds(2 * enough, "7h"), holds(2 * enough * 0.9 * limit, "2h")])],
    }),
    "a label gets new values for twenty minutes": blip({
      ...slow,
      given: (limit) => [
        samples(series, [holds(2 * enough, "7h"), holds(4 * enough * limit, "20m"), holds(2 * enough, "1h")]),
      ],
    }),
    "a small cluster becomes a little larger": lowTraffic({
      ...slow,
      given: (limit) => [samples(series, [holds(0.3 * enough, "7h"), holds(0.3 * enough * 1.1 * limit, "2h")])],
    }),
    "Prometheus is gone": absence(silent({ given: [], because: "PlatformTargetsMissing fires" })),
  },
});
