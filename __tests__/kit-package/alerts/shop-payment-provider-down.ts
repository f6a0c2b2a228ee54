import { alert } from "../../../kit/alerts/alert";
import { count } from "../../../kit/alerts/limit";
import { holds, samples } from "../../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../../kit/alerts/stories/scenario";
import { promql } from "../../../kit/queries/query";
import { shopMetrics } from "../shop-metrics";

const { providerUp } = shopMetrics;

export const shopPaymentProviderDown = alert({
  name: "ShopPaymentProviderDown",
  group: "shop-availability",
  severity: "critical",
  service: "payments",
  team: "storefront",
  cause: "payments",
  measure: promql`max by (provider) (${providerUp})`,
  on: ["provider"],
  below: count(1),
  for: "2m",
  keepFiringFor: "5m",
  summary: "A payment provider cannot be reached.",
  description: "No server of the shop reaches {{ $labels.provider }}.",
  scenarios: {
    "a provider is down for ten minutes": fires({
      given: [
        samples(providerUp, [holds(1, "5m"), holds(0, "10m"), holds(1, "10m")]),
        samples(providerUp, [holds(1, "25m")], { provider: "paybridge" }),
      ],
      onset: "5m",
      after: "1m45s",
      by: "2m",
      resolves: { after: "14m30s", by: "15m15s" },
    }),
    "one of two servers does not reach the provider": silent({
      given: [
        samples(providerUp, [holds(1, "15m")]),
        samples(providerUp, [holds(1, "5m"), holds(0, "10m")], { instance: "shop-2:9000" }),
      ],
    }),
    "a provider is down for a minute": blip({
      given: [samples(providerUp, [holds(1, "5m"), holds(0, "1m"), holds(1, "10m")])],
    }),
    "the shop is not scraped": absence(silent({ given: [], because: "ShopDown fires" })),
  },
});
