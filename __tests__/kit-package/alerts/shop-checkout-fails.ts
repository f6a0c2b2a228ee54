import { alert } from "../../../kit/alerts/alert";
import { ratio } from "../../../kit/alerts/limit";
import { type Part, rises, samples } from "../../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../../kit/alerts/stories/scenario";
import { valueText } from "../../../kit/alerts/value-text";
import { promql } from "../../../kit/queries/query";
import { checkoutRate, shopMetrics } from "../shop-metrics";

const { checkouts } = shopMetrics;

const failedSamples = (...parts: Part[]) => samples(checkouts, parts, { outcome: "failed" });

export const shopCheckoutFails = alert({
  name: "ShopCheckoutFails",
  group: "shop-checkout",
  severity: "critical",
  service: "shop",
  team: "storefront",
  causedBy: ["shop", "payments"],
  measure: promql`sum(${checkoutRate}{outcome="failed"}) / sum(${checkoutRate})`,
  above: ratio(0.05),
  provided: promql`sum(${checkoutRate}) > 0.1`,
  for: "5m",
  summary: "Customers cannot pay.",
  description: `${valueText("ratio")} of all checkouts fail.`,
  scenarios: {
    "a fifth of all checkouts fails": fires({
      given: [
        samples(checkouts, [rises(0.8, "45m")]),
        failedSamples(rises(0, "10m"), rises(0.2, "15m"), rises(0, "20m")),
      ],
      onset: "10m",
      after: "5m45s",
      by: "7m",
      resolves: { after: "18m", by: "19m30s" },
    }),
    "slightly fewer than the limit fail": silent({
      given: [samples(checkouts, [rises(0.96, "30m")]), failedSamples(rises(0.04, "30m"))],
    }),
    "a fifth of all checkouts fails for 90 seconds": blip({
      given: [
        samples(checkouts, [rises(0.8, "30m")]),
        failedSamples(rises(0, "10m"), rises(0.2, "90s"), rises(0, "18m30s")),
      ],
    }),
    "every second checkout fails at night": lowTraffic({
      given: [samples(checkouts, [rises(0.02, "30m")]), failedSamples(rises(0.02, "30m"))],
    }),
    "the shop is not scraped": absence(silent({ given: [], because: "ShopDown fires" })),
  },
});
