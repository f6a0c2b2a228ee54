import type { Alert, AnyAlert } from "../../kit/alerts/alert";
import { checkRules } from "../../kit/alerts/check-rules";
import { recordingsReadBy } from "../../kit/alerts/recordings-read";
import { linkDashboards, ruleGroups } from "../../kit/alerts/rule-group";
import { promtoolTests } from "../../kit/alerts/stories/promtool-tests";
import { dashboards } from "../../kit/dashboards/build-dashboards";
import { catalogue } from "../../kit/metrics/catalogue";
import { checkUnused } from "../../kit/metrics/unused-metrics";
import { checkNotifications } from "../../kit/notifications/check-notifications";
import type { LogVocabulary } from "../../kit/queries/logql/log-query";
import { shopCheckoutFails } from "./alerts/shop-checkout-fails";
import { shopDown } from "./alerts/shop-down";
import { shopOrdersStop } from "./alerts/shop-orders-stop";
import { shopPagesSlow } from "./alerts/shop-pages-slow";
import { shopPaymentProviderDown } from "./alerts/shop-payment-provider-down";
import { shopStockLow } from "./alerts/shop-stock-low";
import { shopDashboard } from "./shop-dashboard";
import { checkoutRate, shopMetrics } from "./shop-metrics";
import { shopNotifications } from "./shop-notifications";

const alerts = [shopDown, shopPaymentProviderDown, shopCheckoutFails, shopPagesSlow, shopStockLow];
const recordings = [checkoutRate];
const causes = ["shop", "payments"];
const { metrics, vocabulary } = catalogue([shopMetrics], recordings);
const logVocabulary: LogVocabulary = {
  labels: new Map([["service_name", { values: ["shop", "warehouse"] }]]),
  metadata: new Map(),
  fields: new Map([["event", { open: "the shop's programs choose it" }]]),
};
const environment = "shop-live";
const runbookBaseUrl = "https://wiki.shop.example/runbooks";

const groups = ruleGroups(alerts, recordings, { environment, runbookBaseUrl });
const shown = dashboards([shopDashboard], {
  runbookBaseUrl,
  vocabulary,
  logs: logVocabulary,
  alerts,
  scrapeSeconds: 15,
  grafanaUrl: "https://grafana.shop.example/",
  placeOf,
});
const alertmanager = shopNotifications(alerts, causes);
const evaluated = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));

/** The web shop's metrics, dashboards and alerts as plain data, with all faults. */
export const shop = {
  groups: linkDashboards(groups, shown.alertUrls),
  /** Files of `promtool test rules` about `rules.yaml`. */
  scenarios: alerts.flatMap((alert) =>
    promtoolTests(alert, "rules.yaml", { alert, vocabulary, recordings: recordingsReadBy(alert, recordings) }),
  ),
  dashboards: shown.dashboards,
  alertmanager,
  faults: {
    rules: ruleFaults(alerts),
    dashboards: shown.faults,
    notifications: checkNotifications(alertmanager, { environment, alerts, placeOf }),
    unused: checkUnused({ metrics, recordings }, [...evaluated, ...shown.queries]),
  },
  /** Faults of the rules together with one that reads a misspelt metric. */
  faultsWithMisspeltMetric: ruleFaults([...alerts, shopOrdersStop]),
};

function ruleFaults(checked: readonly Alert[]) {
  return checkRules({ alerts: checked, logAlerts: [], recordings }, { vocabulary, logVocabulary, causes, placeOf });
}

function placeOf({ name }: AnyAlert): string {
  return `shop: ${name}`;
}
