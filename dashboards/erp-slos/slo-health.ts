import * as units from "@grafana/grafana-foundation-sdk/units";
import { burnRates } from "../../alerts/erp-slos/burn-rates";
import { budgetLeft, burnRate, missedShare, percent, type Slo } from "../../alerts/erp-slos/slo";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import { promql } from "../../kit/queries/query";

const inNamespace = '{namespace="$namespace"}';
const small = { width: 8, unknown: "not recorded" };

/** Is the objective met, will it be, and how fast does that change? */
export function health(slo: Slo, { kept, budget }: { readonly kept: string; readonly budget: string }): Panel[] {
  const { objective, window } = slo;
  const { factor, long } = burnRates[0];
  return [
    stat({
      ...small,
      title: kept,
      description: `Share of the requests of ${window}, as far back as Prometheus remembers. Red: below ${percent(objective)}, the promise is broken.`,
      unit: units.PercentUnit,
      decimals: 3,
      query: promql`1 - ${missedShare(slo, "period", inNamespace)}`,
      thresholds: below({ red: objective }),
    }),
    stat({
      ...small,
      title: `${budget} left`,
      description: `What is left of what the objective allows in ${window}. Yellow: the next trouble may use it up, so be careful with changes. Red: only repairs are released.`,
      unit: units.PercentUnit,
      query: budgetLeft(slo, inNamespace),
      thresholds: below({ yellow: 0.25, red: 0 }),
    }),
    stat({
      ...small,
      title: `${budget}: burn rate`,
      description: `How many times as fast as it may the budget was spent in the last ${long}. Above 1, it does not last for ${window}. Red: the most urgent alert fires if it goes on.`,
      unit: units.NoUnit,
      decimals: 1,
      query: burnRate(slo, long, inNamespace),
      thresholds: above({ yellow: 1, red: factor }),
    }),
  ];
}
