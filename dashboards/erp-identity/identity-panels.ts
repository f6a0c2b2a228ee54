import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpIdentityKeysStale } from "../../alerts/erp-identity/erp-identity-keys-stale";
import { erpRejectsAllTokens } from "../../alerts/erp-identity/erp-rejects-all-tokens";
import { erpTokensRejected } from "../../alerts/erp-identity/erp-tokens-rejected";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { verifiesTokens } from "../../metrics/conditions";
import { erpIdentity } from "../../metrics/erp-identity/identity-metrics";
import type { Inventory } from "../../metrics/inventory";

const width = 8;

/** Tokens of callers, and the keys that verify them. An image that authenticates by itself exposes neither. */
export function identityPanels({ environment }: Pick<Inventory, "environment">): Panel[] {
  if (!verifiesTokens(environment)) return [];
  return [
    tokens(),
    alertPanel(erpTokensRejected, {
      title: "Rejected share of tokens by reason",
      width,
      legend: "{{reason}}",
      empty: "no tokens",
    }),
    alertPanel(erpIdentityKeysStale, {
      title: "Age of the issuer's keys",
      width,
      legend: "oldest",
      empty: "not scraped",
    }),
  ];
}

/** Measures that the panels above show in another form. */
export function identityMeasures(inventory: Pick<Inventory, "environment" | "business">): Panel[] {
  if (!verifiesTokens(inventory.environment)) return [];
  return [
    alertPanel(erpRejectsAllTokens(inventory), {
      title: "Accepted tokens in 5 minutes",
      width,
      legend: "accepted",
      empty: "not scraped",
    }),
  ];
}

function tokens(): Panel {
  const perSecond = (selector: string) => `rate(${selector}[$__rate_interval])`;
  const chosen = `{namespace="$namespace"}`;
  return timeseries({
    title: "Tokens by result",
    description:
      "Requests and WebSockets by the result of the check of their token. `missing` and `expired` are normal: robots send no token, and clients replace an expired one. If another reason begins at a blue or purple mark, compare the issuer and the audience of the settings with the tokens. If it begins without a mark, a client or the issuer has changed.",
    unit: units.CountsPerSecond,
    width,
    stacked: true,
    queries: [
      { query: promql`sum(${perSecond(`${erpIdentity.tokensAccepted}${chosen}`)})`, legend: "accepted" },
      {
        query: promql`sum by (reason) (${perSecond(`${erpIdentity.tokensRejected}${chosen}`)}) > 0`,
        legend: "{{reason}}",
      },
    ],
    colors: { accepted: "green", missing: "blue", expired: "yellow" },
    empty: "not scraped",
  });
}
