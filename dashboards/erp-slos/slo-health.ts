import * as units from "@grafana/grafana-foundation-sdk/units";
import { burnRates } from "../../alerts/erp-slos/burn-rates";
import { budgetLeft, burnRate, missedShare, percent, type Slo } from "../../alerts/erp-slos/slo";
import type { Alert } from "../../kit/alerts/alert";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import { durationInWords } from "../../kit/queries/duration";
import { promql } from "../../kit/queries/query";

const inNamespace = '{namespace="$namespace"}';
const small = { width: 8, empty: "not recorded" };

interface HealthForm {
  /** Title of the panel of the requests that meet the objective. */
  readonly met: string;
  /** Name of the budget in titles: `Error budget`. */
  readonly budget: string;
  /** Alerts of the budget, the most urgent first. */
  readonly alerts: readonly Alert[];
}

/** The share of requests that meet the objective, the budget that is left, and how fast it is spent. */
export function health(slo: Slo, { met, budget, alerts }: HealthForm): Panel[] {
  const { objective } = slo;
  const { factor, long } = burnRates[0];
  const window = durationInWords(slo.window);
  return [
    stat({
      ...small,
      title: met,
      description: `Share of all requests in ${window}, as far back as Prometheus has data. Red: below ${percent(objective)}, the objective is missed.`,
      unit: units.PercentUnit,
      decimals: 3,
      query: promql`1 - ${missedShare(slo, "period", inNamespace)}`,
      thresholds: below({ red: objective }),
    }),
    stat({
      ...small,
      title: `${budget} left`,
      description: `Share of the budget of ${window} that is left. Yellow: the next failure may spend the rest, so be careful with changes. Red: release only fixes.`,
      unit: units.PercentUnit,
      query: budgetLeft(slo, inNamespace),
      thresholds: below({ yellow: 0.25, red: 0 }),
    }),
    stat({
      ...small,
      title: `${budget} burn rate`,
      description: `How fast the budget was spent in the last ${durationInWords(long).replace(/^1 /, "")}. A rate of 1 spends exactly the budget in ${window}; above 1, the budget does not last that long. Red: the most urgent alert fires if this continues.`,
      unit: units.NoUnit,
      decimals: 1,
      query: burnRate(slo, long, inNamespace),
      thresholds: above({ yellow: 1, red: alerts[0] ?? factor }),
    }),
  ];
}
