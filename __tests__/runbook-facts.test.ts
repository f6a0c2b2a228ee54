import { alertmanagerConfig } from "../alerts/alertmanager/alertmanager-config";
import { alertFacts, type FactsSource } from "../commands/rendering/alert-facts";
import { outdatedPaths, readFolder } from "../commands/rendering/folder";
import { factsSource, proseOf, renderedRunbooks, runbookFacts } from "../commands/rendering/runbooks";
import { type AnyAlert, alert } from "../kit/alerts/alert";
import { count, ratio } from "../kit/alerts/limit";
import { ruleLabels } from "../kit/alerts/rule-group";
import { alertPanels } from "../kit/dashboards/alert-panels";
import { panelsOf } from "../kit/dashboards/model";
import { catalogue } from "../kit/metrics/catalogue";
import { allMatch, type Labels } from "../kit/notifications/label-matcher";
import { durationInWords } from "../kit/queries/duration";
import { promql } from "../kit/queries/query";
import { completeEnvironment } from "../settings/complete-environment";
import { validate } from "../settings/validate";
import { signals } from "../signals";
import { causes, sentryAlertsOf, switchedOffAlerts } from "../subjects/listings";
import { everywhere } from "./fixtures/everything";
import { shopCheckoutFails } from "./kit-package/alerts/shop-checkout-fails";
import { shopDown } from "./kit-package/alerts/shop-down";
import { shopPagesSlow } from "./kit-package/alerts/shop-pages-slow";
import { shopPaymentProviderDown } from "./kit-package/alerts/shop-payment-provider-down";
import { shop } from "./kit-package/shop";
import { checkoutRate, shopMetrics } from "./kit-package/shop-metrics";

const defaults =
  "- The values above are the defaults. [Alerts of each environment](../../rendered/alerts.md) shows the deployed values.";

const shopSource: FactsSource = {
  alerts: [shopDown, shopPaymentProviderDown, shopCheckoutFails, shopPagesSlow],
  dashboards: shop.dashboards.map(({ model }) => model),
  vocabulary: catalogue([shopMetrics], [checkoutRate]).vocabulary,
};

/** The facts of an alert of the shop, with further alerts. */
const shopFacts = (name: string, ...alerts: FactsSource["alerts"]) =>
  alertFacts({ ...shopSource, alerts: [...shopSource.alerts, ...alerts] })
    .get(name)
    ?.split("\n");

describe("the facts of an alert", () => {
  test("contain its form, its panel, and the alerts that inhibit it", () => {
    expect(shopFacts("ShopCheckoutFails")).toEqual([
      "| Fires when the measure is | For | Severity | Service | Team |",
      "| --- | --- | --- | --- | --- |",
      "| above 5 % | 5 minutes | critical: sends a page | `shop` | `storefront` |",
      "",
      '- See the panel "Failed checkouts over time" of the dashboard *Shop*.',
      "- No notification is sent while [ShopDown](ShopDown.md) or [ShopPaymentProviderDown](ShopPaymentProviderDown.md) fires.",
      "- The alert also requires `sum(shop:checkouts:rate5m) > 0.1`.",
      defaults,
    ]);
  });

  test("contain the labels of the measure, and a second window", () => {
    expect(shopFacts("ShopPagesSlow")).toEqual([
      "| One alert for each | Fires when the measure is | For | Severity | Service | Team |",
      "| --- | --- | --- | --- | --- | --- |",
      "| `route` | above 1 s, in both windows | 5 minutes | warning: notifies the chat | `shop` | `storefront` |",
      "",
      '- See the panel "Slow pages" of the dashboard *Shop*.',
      "- No notification is sent while [ShopPaymentProviderDown](ShopPaymentProviderDown.md) fires.",
      "- The alert also requires `sum by (route) (rate(shop_page_duration_seconds_count[10m])) > 0.1`.",
      defaults,
    ]);
  });

  test("contain the label that the value of a cause is read from", () => {
    const byProvider = alert({
      ...shopPaymentProviderDown,
      name: "ShopByProvider",
      below: count(1),
      causedBy: ["{{ $labels.provider }}"],
    });
    const card = alert({ ...shopDown, name: "ShopCardlinkDown", below: count(1), cause: "cardlink" });
    expect(shopFacts("ShopByProvider", byProvider, card)).toContain(
      "- No notification is sent while [ShopCardlinkDown](ShopCardlinkDown.md) fires for the same `provider`.",
    );
  });

  test("state how long it keeps firing", () => {
    expect(shopFacts("ShopPaymentProviderDown")).toContain("- Resolves 5 minutes after the condition has ended.");
  });

  test("have a row for each alert with the name, and state what applies only to some of them", () => {
    const share = shopCheckoutFails.measure;
    const budget = (window: string, limit: number) => ({
      ...shopCheckoutFails,
      name: "ShopBudgetBurn",
      labels: { window },
      above: ratio(limit),
      provided: promql`sum(increase(${shopMetrics.checkouts}[${window}])) > 10`,
    });
    const { for: _, ...fast } = budget("1h", 0.2);
    const facts = shopFacts(
      "ShopBudgetBurn",
      alert({ ...fast, measure: promql`${share} + 0`, causedBy: ["shop"] }),
      alert({ ...budget("3d", 0.01), measure: promql`${share} + 1`, severity: "warning" }),
    );
    expect(facts).toEqual([
      "| `window` | Fires when the measure is | For | Severity | Service | Team |",
      "| --- | --- | --- | --- | --- | --- |",
      "| `1h` | above 20 % | at once | critical: sends a page | `shop` | `storefront` |",
      "| `3d` | above 1 % | 5 minutes | warning: notifies the chat | `shop` | `storefront` |",
      "",
      "- `1h`: no notification is sent while [ShopDown](ShopDown.md) fires.",
      "- `3d`: no notification is sent while [ShopDown](ShopDown.md) or [ShopPaymentProviderDown](ShopPaymentProviderDown.md) fires.",
      "- The alert also requires a second condition. The description of the panel contains it.",
      defaults,
    ]);
  });

  test("contain the setting that determines the limit", () => {
    const above = ratio(0.05, "shop.mostFailures");
    expect(shopFacts("ShopSetting", alert({ ...shopCheckoutFails, name: "ShopSetting", above }))).toContain(
      "| above `shop.mostFailures` | 5 minutes | critical: sends a page | `shop` | `storefront` |",
    );
  });

  test("do not contain a condition that differs between environments", () => {
    const other = alert({ ...shopDown, below: shopDown.limit, provided: promql`vector(1)` });
    const one = alert({ ...shopDown, below: shopDown.limit, provided: promql`vector(2)` });
    const facts = alertFacts({ ...shopSource, alerts: [one] }, [other]);
    expect(facts.get("ShopDown")).toContain("- The alert also requires a second condition");
  });

  test.each([
    ["45s", "45 seconds"],
    ["90s", "90 seconds"],
    ["1m", "1 minute"],
    ["10m", "10 minutes"],
    ["1h30m", "1 hour 30 minutes"],
    ["1h", "1 hour"],
    ["2d", "2 days"],
  ])("contain the duration %s as %s", (duration, words) => {
    expect(durationInWords(duration)).toBe(words);
  });
});

describe("a page", () => {
  const facts = new Map([["ShopDown", "| Fires when the measure is |"]]);
  const rendered = (text: string) => renderedRunbooks(new Map([["ShopDown.md", text]]), facts).get("ShopDown.md");
  const written = `# ShopDown

Nobody can buy.

## What users notice
`;
  const current = `# ShopDown

<!-- facts: \`npm run render\` writes them from the form of the alert -->

| Fires when the measure is |

<!-- end of facts -->

Nobody can buy.

## What users notice
`;

  test("gets the facts below its title", () => {
    expect(rendered(written)).toBe(current);
  });

  test("with outdated facts gets the facts of the form, and keeps the hand-written text", () => {
    expect(rendered(current)).toBe(current);
    expect(rendered(current.replace("| Fires when the measure is |", "| Fired when |\n\n- More"))).toBe(current);
    expect(proseOf(current)).toBe(written);
  });

  test("of no alert is not changed", () => {
    const pages = new Map([["ask-shop.md", "# How to ask the shop\n"]]);
    expect(renderedRunbooks(pages, facts)).toEqual(pages);
  });
});

describe("the alerts of the product", () => {
  const facts = runbookFacts();

  test("are all in the environment whose facts are rendered, which has no faults", () => {
    expect(validate([completeEnvironment])).toEqual([completeEnvironment]);
    expect(signals(completeEnvironment).faults).toEqual([]);
    expect(switchedOffAlerts(completeEnvironment)).toEqual([]);
  });

  test.each(everywhere)("have the same table of facts in $name with $erp.httpMetrics", (environment) => {
    const tableOf = (text = "") => text.split("\n\n")[0];
    // Overrides and teams change alerts of one environment, and the facts are those of the product.
    const { alerts: _overrides, teams: _teams, ...others } = environment;
    const different = [...alertFacts(factsSource(others))].filter(
      ([name, text]) => tableOf(text) !== tableOf(facts.get(name)),
    );
    expect(different).toEqual([]);
  });

  test("have their condition in the description of their panel if the facts do not contain it", () => {
    const { alerts, dashboards } = factsSource(completeEnvironment);
    const shown = alertPanels(alerts, dashboards);
    const without = alerts.filter(({ expression, provided }) => {
      const at = shown.get(expression.text);
      const model = dashboards.find(({ uid }) => uid === at?.uid);
      const panel = model && panelsOf(model).find(({ id }) => id === at?.panel);
      return provided !== undefined && !panel?.description?.includes(`${provided}`);
    });
    expect(without.map(({ title }) => title)).toEqual([]);
  });

  test("each have a panel, and fit above the first sentence of a page", () => {
    const lines = [...facts].map(([name, text]) => ({ name, text, lines: text.split("\n").length }));
    // Grafana does not show the events of Sentry.
    const inGrafana = lines.filter(({ name }) => !sentryAlertsOf(completeEnvironment).some((one) => one.name === name));
    expect(inGrafana.filter(({ text }) => !/^- See the panels? "/m.test(text)).map(({ name }) => name)).toEqual([]);
    expect(lines.filter((one) => one.lines > 14).map(({ name }) => name)).toEqual([]);
  });

  test("are not sent in exactly the cases in which Alertmanager inhibits them", () => {
    const { alerts } = factsSource(completeEnvironment);
    const { inhibit_rules: rules } = alertmanagerConfig(completeEnvironment, alerts, causes);
    const inhibits = (by: Labels, target: Labels) =>
      rules.some((rule) => allMatch(rule.source_matchers)(by) && allMatch(rule.target_matchers)(target));
    const labels = (one: AnyAlert) => ruleLabels(one, completeEnvironment.name);
    const byAlertmanager = alerts.map((one) => {
      // The values that the label `dependency` has.
      const targets = ["postgresql", "redis", "celery", "elasticsearch"].map((dependency) => ({
        ...labels(one),
        caused_by: (labels(one).caused_by ?? "").replace("{{ $labels.dependency }}", dependency),
      }));
      const by = alerts.filter((other) => other !== one && targets.some((target) => inhibits(labels(other), target)));
      return [one.title, [...new Set(by.map(({ name }) => name))].sort()];
    });
    const byFacts = alerts.map(({ title, name, labels: distinguishing = {} }) => {
      const sentences = facts.get(name)?.match(/^- .*no notification is sent while .* fires.*$/gim) ?? [];
      const own = sentences.filter(
        (sentence) =>
          !sentence.startsWith("- `") ||
          Object.values(distinguishing).some((value) => sentence.includes(`\`${value}\``)),
      );
      const links = own.flatMap((sentence) => [...sentence.matchAll(/\[(\w+)\]/g)].map(([, by]) => by));
      const isInhibitedByOwnName = own.some((sentence) => sentence.includes("a more severe alert of this name"));
      return [title, [...links, ...(isInhibitedByOwnName ? [name] : [])].sort()];
    });
    expect(byFacts).toEqual(byAlertmanager);
  });

  test("have up-to-date facts in their runbooks: if not, run `npm run render`", () => {
    const folder = "docs/runbooks";
    expect(outdatedPaths(folder, renderedRunbooks(readFolder(folder), facts))).toEqual([]);
  });
});
