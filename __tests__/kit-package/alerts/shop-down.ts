import { alert } from "../../../kit/alerts/alert";
import { count } from "../../../kit/alerts/limit";
import { gone, holds, samples } from "../../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../../kit/alerts/stories/scenario";
import { valueText } from "../../../kit/alerts/value-text";
import { promql } from "../../../kit/queries/query";
import { shopMetrics } from "../shop-metrics";

const { up } = shopMetrics;
const otherServer = { instance: "shop-2:9000", region: "south" };

export const shopDown = alert({
  name: "ShopDown",
  group: "shop-availability",
  severity: "critical",
  service: "shop",
  team: "storefront",
  cause: "shop",
  measure: promql`sum(${up}{job="shop"}) or vector(0)`,
  below: count(1),
  for: "1m",
  summary: "No server of the shop answers.",
  description: `Prometheus reaches ${valueText("count", "server")} of the shop.`,
  scenarios: {
    "every server stops answering": fires({
      given: [
        samples(up, [holds(1, "5m"), holds(0, "10m"), holds(1, "5m")]),
        samples(up, [holds(1, "5m"), gone("10m"), holds(1, "5m")], otherServer),
      ],
      onset: "5m",
      after: "45s",
      by: "1m",
      resolves: { after: "9m45s", by: "10m" },
    }),
    "one of two servers stops answering": silent({
      given: [samples(up, [holds(1, "15m")]), samples(up, [holds(1, "5m"), holds(0, "10m")], otherServer)],
    }),
    "the only server fails two scrapes": blip({
      given: [samples(up, [holds(1, "5m"), holds(0, "30s"), holds(1, "5m")])],
    }),
    "nothing was ever scraped": absence(fires({ given: [], after: "45s", by: "1m" })),
  },
});
