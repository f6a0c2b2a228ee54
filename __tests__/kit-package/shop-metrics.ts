import type { Job } from "../../kit/metrics/job";
import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { recording } from "../../kit/metrics/recording";
import { targetUp } from "../../kit/metrics/target-metrics";
import { promql } from "../../kit/queries/query";

/** The job of the shop. The shop runs on virtual machines, so its targets have no namespace and no pod. */
const shopJob: Job = {
  name: "shop",
  team: "storefront",
  scrapedBy: "ServiceMonitor",
  port: "metrics",
  path: "/metrics",
  intervalSeconds: 15,
  timeoutSeconds: 10,
  labels: { job: { values: ["shop"] }, instance: open("addresses of servers"), region: { values: ["north", "south"] } },
  sample: { instance: "shop-1:9000" },
};

const { counter, gauge, histogram } = source(shopJob);

/** Metrics of the web shop. */
export const shopMetrics = {
  up: targetUp(shopJob),
  checkouts: counter("shop_checkouts_total", ["outcome"], {
    help: "Finished checkouts.",
    values: { outcome: ["paid", "declined", "failed"] },
    sample: { outcome: "paid" },
  }),
  pageDuration: histogram("shop_page_duration_seconds", ["route"], {
    help: "Time from the request of a page to its last byte.",
    bounds: [0.1, 0.5, 1, 2.5],
    sample: { route: "/cart" },
  }),
  openCarts: gauge("shop_open_carts", [], { help: "Carts with at least one article." }),
  providerUp: gauge("shop_payment_provider_up", ["provider"], {
    help: "1 while the shop reaches the payment provider.",
    values: { provider: ["cardlink", "paybridge"] },
    sample: { provider: "cardlink" },
  }),
  stock: gauge("shop_stock_units", ["warehouse"], {
    help: "Units that can be sold.",
    sample: { warehouse: "harbour" },
  }),
};

export const checkoutRate = recording({
  name: "shop:checkouts:rate5m",
  measure: promql`sum by (outcome) (rate(${shopMetrics.checkouts}[5m]))`,
  help: "Checkouts per second by outcome.",
  group: "shop-checkout",
  intervalSeconds: 15,
  sample: { outcome: "paid" },
});
