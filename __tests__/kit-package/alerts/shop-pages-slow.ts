import { alert } from "../../../kit/alerts/alert";
import { seconds } from "../../../kit/alerts/limit";
import { rises, type Samples, samples } from "../../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../../kit/alerts/stories/scenario";
import { valueText } from "../../../kit/alerts/value-text";
import { type Promql, promql } from "../../../kit/queries/query";
import { shopMetrics } from "../shop-metrics";

const { bucket, count } = shopMetrics.pageDuration;

export const shopPagesSlow = alert({
  name: "ShopPagesSlow",
  group: "shop-pages",
  severity: "warning",
  service: "shop",
  team: "storefront",
  causedBy: ["payments"],
  measure: slowestPages("10m"),
  confirmedBy: slowestPages("2m"),
  provided: promql`sum by (route) (rate(${count}[10m])) > 0.1`,
  on: ["route"],
  above: seconds(1),
  for: "5m",
  summary: "Pages of the shop are slow.",
  description: `One of 20 requests of {{ $labels.route }} takes longer than ${valueText("seconds")}.`,
  scenarios: {
    "a third of the pages takes two seconds": fires({
      given: pages(3, 1, "10m", "20m"),
      onset: "10m",
      after: "5m",
      by: "8m",
      resolves: { after: "20m30s", by: "22m30s" },
    }),
    "three of a hundred pages take two seconds": silent({ given: pages(3, 0.09, "10m", "20m") }),
    "a third of the pages takes two seconds for three minutes": blip({ given: pages(3, 1, "10m", "3m") }),
    "one visitor waits for every page": lowTraffic({ given: pages(0.02, 0.02, "5m", "25m") }),
    "the shop is not scraped": absence(silent({ given: [], because: "ShopDown fires" })),
  },
});

/** Seconds within which 95 % of the requests of each page are answered. */
function slowestPages(window: string): Promql {
  return promql`histogram_quantile(0.95, sum by (route, le) (rate(${bucket}[${window}])))`;
}

/** Pages per second, of which some take two seconds for a time. */
function pages(perSecond: number, slow: number, before: string, lasting: string): Samples[] {
  const all = [rises(perSecond, before), rises(perSecond, lasting), rises(perSecond, "20m")];
  const fast = [rises(perSecond, before), rises(perSecond - slow, lasting), rises(perSecond, "20m")];
  return [
    ...["0.1", "0.5", "1.0"].map((le) => samples(bucket, fast, { le })),
    ...["2.5", "+Inf"].map((le) => samples(bucket, all, { le })),
    samples(count, all),
  ];
}
