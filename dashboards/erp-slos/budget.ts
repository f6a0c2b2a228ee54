import * as units from "@grafana/grafana-foundation-sdk/units";
import { burnRates } from "../../alerts/erp-slos/burn-rates";
import { burnRate, type Slo } from "../../alerts/erp-slos/slo";
import type { Alert } from "../../kit/alerts/alert";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { above } from "../../kit/dashboards/thresholds";
import { type Promql, promql } from "../../kit/queries/query";

export interface BudgetForm {
  readonly slo: Slo;
  readonly budget: string;
  /** One for each burn rate. */
  readonly alerts: readonly Alert[];
  readonly missed: string;
  readonly byRoute: Promql;
}

/** How fast a budget is spent, by window; how much of it is; and on what. */
export function budget({ slo, budget, alerts, missed, byRoute }: BudgetForm): Panel[] {
  const burning = alerts.map((alert, index) =>
    alertPanel(alert, {
      title: `${budget}: burn rate over ${burnRates[index]?.long}`,
      width: 12,
      legend: `${burnRates[index]?.long} in {{namespace}}`,
      confirming: `${burnRates[index]?.short} in {{namespace}}`,
      empty: "not recorded",
    }),
  );
  return [
    timeseries({
      title: `${budget} spent`,
      description: `Of what the objective allows in ${slo.window}: a step is an outage, a slope a leak. At 100 % the objective is missed. It falls when trouble is longer ago than ${slo.window}.`,
      unit: units.PercentUnit,
      width: 12,
      queries: [{ query: burnRate(slo, "period", '{namespace="$namespace"}'), legend: "spent" }],
      thresholds: above({ yellow: 0.75, red: 1 }),
      empty: "not recorded",
    }),
    timeseries({
      title: `${missed} by route`,
      description:
        "The ten routes on which the budget is spent. One route: its code or its data. All of them: a dependency.",
      unit: units.RequestsPerSecond,
      width: 12,
      stacked: true,
      queries: [{ query: promql`topk(10, ${byRoute} > 0)`, legend: "{{route}}" }],
      empty: "none",
    }),
    ...burning,
  ];
}
