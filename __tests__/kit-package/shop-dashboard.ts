import * as units from "@grafana/grafana-foundation-sdk/units";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { firingAlerts } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { heatmap, logLines, type Panel, stat, timeseries } from "../../kit/dashboards/panels";
import { logsSource, metricsSource } from "../../kit/dashboards/variables";
import { logql, promql } from "../../kit/queries/query";
import { shopCheckoutFails } from "./alerts/shop-checkout-fails";
import { shopDown } from "./alerts/shop-down";
import { shopPagesSlow } from "./alerts/shop-pages-slow";
import { shopPaymentProviderDown } from "./alerts/shop-payment-provider-down";
import { shopStockLow } from "./alerts/shop-stock-low";
import { shopMetrics } from "./shop-metrics";

export const shopDashboard: DashboardForm = {
  uid: "shop-overview",
  folder: "Storefront",
  title: "Shop",
  description: "Can customers buy? The first row answers.",
  tags: ["shop"],
  variables: [metricsSource("prometheus-shop"), logsSource("loki-shop")],
  annotations: [firingAlerts('team="storefront"')],
  links: [otherDashboards("Shop", "shop")],
  rows: {
    "Can customers buy?": [
      alertsFiring({ width: 6, which: "Alerts about the shop", matchers: 'service="shop"' }),
      openCarts(),
      alertPanel(shopDown, { title: "Servers that answer", width: 12, legend: "servers" }),
    ],
    Checkout: [
      alertPanel(shopCheckoutFails, {
        title: "Failed checkouts over time",
        width: 12,
        legend: "failed",
        empty: "no checkouts",
      }),
      alertPanel(shopPaymentProviderDown, { title: "Payment providers that are reached", width: 12 }),
    ],
    Pages: [alertPanel(shopPagesSlow, { title: "Slow pages", width: 12 }), pageDurations()],
    Logs: [failures()],
    Monitoring: [scrapeDuration(), samplesPerScrape()],
  },
  collapsedRows: { Stock: [alertPanel(shopStockLow, { title: "Articles in stock", width: 24 })] },
};

function openCarts(): Panel {
  return stat({
    title: "Open carts",
    description: "Carts with at least one article. None by day: see the row Pages.",
    unit: units.Short,
    width: 6,
    query: promql`sum(${shopMetrics.openCarts})`,
  });
}

function pageDurations(): Panel {
  return heatmap({
    title: "Durations of pages",
    description: "Requests by their duration. A band that moves up: all pages are slow, not only one.",
    unit: units.Seconds,
    width: 12,
    cellUnit: units.RequestsPerSecond,
    query: promql`sum by (le) (increase(${shopMetrics.pageDuration.bucket}[$__rate_interval]))`,
  });
}

function failures(): Panel {
  return logLines({
    title: "Failed checkouts",
    description: "Log lines of checkouts that failed, with the answer of the payment provider.",
    width: 24,
    query: logql`{service_name="shop"} | json | event="checkout_failed"`,
  });
}

function scrapeDuration(): Panel {
  return timeseries({
    title: "Duration of scrapes",
    description: "How long Prometheus waits for the metrics of each server. At 10 s it gives up.",
    unit: units.Seconds,
    width: 12,
    queries: [{ query: promql`max by (instance) (scrape_duration_seconds{job="shop"})`, legend: "{{instance}}" }],
  });
}

function samplesPerScrape(): Panel {
  const kept = promql`max by (instance) (scrape_samples_post_metric_relabeling{job="shop"})`;
  return timeseries({
    title: "Samples per scrape",
    description: "Samples that Prometheus stores of each server. A steady rise: a label takes ever new values.",
    unit: units.Short,
    width: 12,
    queries: [{ query: kept, legend: "{{instance}}" }],
  });
}
