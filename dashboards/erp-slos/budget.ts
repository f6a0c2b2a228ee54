import * as units from "@grafana/grafana-foundation-sdk/units";
import { burnRates } from "../../alerts/erp-slos/burn-rates";
import { burnRate, type Slo } from "../../alerts/erp-slos/slo";
import type { Alert } from "../../kit/alerts/alert";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { above } from "../../kit/dashboards/thresholds";
import { durationInWords } from "../../kit/queries/duration";
import { type Promql, promql } from "../../kit/queries/query";

export interface BudgetForm {
  readonly slo: Slo;
  /** Name of the budget in titles: `Error budget`. */
  readonly budget: string;
  /** Alerts of the budget, one for each burn rate. */
  readonly alerts: readonly Alert[];
  /** Name of the requests that miss the objective, in a title: `Failed requests`. */
  readonly missed: string;
  /** Requests per second that miss the objective, by route. */
  readonly byRoute: Promql;
}

/** How much of a budget is spent, on which routes, and how fast over several windows. */
export function budget({ slo, budget, alerts, missed, byRoute }: BudgetForm): Panel[] {
  const window = durationInWords(slo.window);
  const burning = alerts.map((alert, index) => {
    const { long = "", short = "" } = burnRates[index] ?? {};
    return alertPanel(alert, {
      title: `${budget} burn rate over ${durationInWords(long)}`,
      width: 12,
      legend: `${long} in {{namespace}}`,
      confirming: `${short} in {{namespace}}`,
      empty: "not recorded",
    });
  });
  return [
    timeseries({
      title: `${budget} spent`,
      description: `Share of the budget of ${window} that is spent. A step is an outage, a slope is a permanent problem. At 100 % the objective is missed. The line falls when a failure is more than ${window} ago.`,
      unit: units.PercentUnit,
      width: 12,
      queries: [{ query: burnRate(slo, "period", '{namespace="$namespace"}'), legend: "spent" }],
      thresholds: above({ yellow: 0.75, red: 1 }),
      empty: "not recorded",
    }),
    timeseries({
      title: `${missed} by route`,
      description:
        "The ten routes that spend most of the budget. If one route stands out, the cause is its code or its data. If all routes are affected, the cause is a dependency.",
      unit: units.RequestsPerSecond,
      width: 12,
      stacked: true,
      queries: [{ query: promql`topk(10, ${byRoute} > 0)`, legend: "{{route}}" }],
      empty: "none",
    }),
    ...burning,
  ];
}
