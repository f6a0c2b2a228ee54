import { alert } from "../../kit/alerts/alert";
import { count, factor } from "../../kit/alerts/limit";
import { holds, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { prometheus } from "../../metrics/prometheus/prometheus-metrics";

const common = { severity: "warning", service: "prometheus", team: "platform" } as const;
const blind = "what cannot be scraped has an alert of its own";

const { sampleLimitHit } = prometheus;

/** The scrape is refused whole: nothing is known of that pod, and it counts as down. */
export const scrapeSampleLimitHit = alert({
  ...common,
  name: "ScrapeSampleLimitHit",
  measure: promql`sum by (pod) (increase(${sampleLimitHit}[2m]))`,
  on: ["pod"],
  above: count(1),
  for: "3m",
  summary: "A target has more series than it may have, and all of them are refused.",
  description: "{{ $labels.pod }} refused {{ $value | humanize }} scrapes in two minutes. Their targets count as down.",
  scenarios: {
    "a label takes a value a request": fires({
      given: [samples(sampleLimitHit, [rises(0, "10m"), rises(1 / 15, "20m"), rises(0, "10m")])],
      onset: "10m",
      after: "3m",
      by: "3m45s",
      resolves: { after: "20m30s", by: "22m" },
    }),
    "one scrape in two minutes is refused": silent({
      given: [samples(sampleLimitHit, [rises(0, "10m"), rises(0.9 / 120, "30m")])],
      because: "the next one tells what it missed",
    }),
    "a little more is refused": fires({
      given: [samples(sampleLimitHit, [rises(0, "10m"), rises(1.3 / 120, "30m")])],
      onset: "10m",
      after: "4m",
      by: "7m",
    }),
    "three scrapes are refused while a pod starts": blip({
      given: [samples(sampleLimitHit, [rises(0, "10m"), rises(1 / 15, "45s"), rises(0, "10m")])],
    }),
    "nothing is counted": absence(silent({ given: [], because: blind })),
  },
});

const { series } = prometheus;
const growth = factor(2);
const slow = { stepSeconds: 120 } as const;
const few = 20_000;

const most = promql`max by (pod) (${series})`;

/**
 * Memory grows with series: before it runs out, the label that takes ever new values can be found. A Prometheus that is
 * not six hours old has not grown.
 */
export const prometheusSeriesGrowing = alert({
  ...common,
  name: "PrometheusSeriesGrowing",
  measure: promql`${most} / (max by (pod) (${series} offset 6h) or ${most})`,
  above: growth,
  provided: promql`${most} > ${few}`,
  on: ["pod"],
  for: "30m",
  summary: "Prometheus holds far more series than six hours ago.",
  description: "{{ $labels.pod }} holds {{ $value | humanize }} times as many series as six hours ago.",
  scenarios: {
    "a label takes ever new values": fires({
      ...slow,
      given: [samples(series, [holds(2 * few, "7h"), holds(2 * few * 1.1 * growth.value, "2h"), holds(2 * few, "1h")])],
      onset: "7h",
      after: "28m",
      by: "30m",
      resolves: { after: "1h58m", by: "2h" },
    }),
    "every pod is replaced": silent({
      ...slow,
      given: [samples(series, [holds(2 * few, "7h"), holds(2 * few * 0.9 * growth.value, "2h")])],
    }),
    "twenty minutes of new values": blip({
      ...slow,
      given: [samples(series, [holds(2 * few, "7h"), holds(4 * few * growth.value, "20m"), holds(2 * few, "1h")])],
    }),
    "a small cluster becomes a little larger": lowTraffic({
      ...slow,
      given: [samples(series, [holds(0.3 * few, "7h"), holds(0.3 * few * 1.1 * growth.value, "2h")])],
    }),
    "it is gone": absence(silent({ given: [], because: blind })),
  },
});
