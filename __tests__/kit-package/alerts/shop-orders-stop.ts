import { alert } from "../../../kit/alerts/alert";
import { perSecond } from "../../../kit/alerts/limit";
import { rises, samples } from "../../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../../kit/alerts/stories/scenario";
import { valueText } from "../../../kit/alerts/value-text";
import { promql } from "../../../kit/queries/query";
import { shopMetrics } from "../shop-metrics";

const { checkouts } = shopMetrics;

/** Reads a metric that does not exist. The rest of the alert is correct. */
export const shopOrdersStop = alert({
  name: "ShopOrdersStop",
  group: "shop-checkout",
  severity: "warning",
  service: "shop",
  team: "storefront",
  causedBy: ["payments"],
  measure: promql`sum(rate(shop_checkout_total[5m]))`,
  below: perSecond(0.01),
  for: "10m",
  summary: "Nobody orders anything.",
  description: `There are ${valueText("perSecond", "checkout")}.`,
  scenarios: {
    "orders stop": fires({
      given: [samples(checkouts, [rises(1, "10m"), rises(0, "30m"), rises(1, "10m")])],
      onset: "10m",
      after: "10m",
      by: "16m",
      resolves: { after: "29m", by: "31m" },
    }),
    "orders stop for ten minutes": blip({
      given: [samples(checkouts, [rises(1, "10m"), rises(0, "10m"), rises(1, "10m")])],
    }),
    "the shop is not scraped": absence(silent({ given: [], because: "ShopDown fires" })),
  },
});
