import { alert } from "../../../kit/alerts/alert";
import { count } from "../../../kit/alerts/limit";
import { holds, samples } from "../../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../../kit/alerts/stories/scenario";
import { valueText } from "../../../kit/alerts/value-text";
import { promql } from "../../../kit/queries/query";
import { shopMetrics } from "../shop-metrics";

const { stock } = shopMetrics;

export const shopStockLow = alert({
  name: "ShopStockLow",
  group: "shop-stock",
  severity: "warning",
  service: "warehouse",
  team: "logistics",
  measure: promql`min by (warehouse) (${stock})`,
  on: ["warehouse"],
  below: count(50),
  for: "15m",
  summary: "A warehouse is almost empty.",
  description: `The warehouse {{ $labels.warehouse }} has ${valueText("count", "unit")} left.`,
  scenarios: {
    "one warehouse is almost empty until a delivery arrives": fires({
      given: [
        samples(stock, [holds(500, "10m"), holds(49, "30m"), holds(500, "10m")]),
        samples(stock, [holds(500, "50m")], { warehouse: "airport" }),
      ],
      onset: "10m",
      after: "14m45s",
      by: "15m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "exactly the limit is left": silent({ given: [samples(stock, [holds(50, "30m")])] }),
    "stock is counted anew within ten minutes": blip({
      given: [samples(stock, [holds(500, "10m"), holds(0, "10m"), holds(500, "20m")])],
    }),
    "the shop is not scraped": absence(silent({ given: [], because: "ShopDown fires" })),
  },
});
