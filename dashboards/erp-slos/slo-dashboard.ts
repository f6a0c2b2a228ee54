import { erpErrorBudgetBurn } from "../../alerts/erp-slos/erp-error-budget-burn";
import { erpLatencyBudgetBurn } from "../../alerts/erp-slos/erp-latency-budget-burn";
import { percent, slosOf } from "../../alerts/erp-slos/slo";
import { firingAlerts, versions } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { DashboardInventory } from "../../metrics/inventory";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { budget } from "./budget";
import { health } from "./slo-health";

/** Whether the ERP meets its objectives, and how fast it spends its budgets. */
export function sloDashboard(inventory: DashboardInventory): DashboardForm {
  const { environment, http, alertsOf } = inventory;
  const { threshold } = environment.erp.slos.latency;
  const { availability, latency } = slosOf(inventory);
  const [errorAlerts, latencyAlerts] = [erpErrorBudgetBurn(inventory), erpLatencyBudgetBurn(inventory)];
  const now = ["$__rate_interval", { namespace: "$namespace" }] as const;
  return {
    uid: "erp-slo",
    folder: "ERP",
    title: "SLO",
    description:
      "Does the ERP meet its service level objectives (SLO)? Start with the first row. Each row below shows how fast one budget is spent, and on which routes. Blue marks: a Deployment changed. Purple: a new version. Red: an alert begins to fire.",
    tags: ["erp"],
    variables: [
      metricsSource(dataSourceUids(environment).prometheus),
      namespace(promql`${erpApi.up}{job="${erpApiJob.name}"}`),
    ],
    annotations: [
      deploymentsOf("erp-.+"),
      versions(promql`${erpApi.info}{namespace="$namespace"}`),
      firingAlerts(alertsOf.erp),
    ],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      Health: [
        ...health(availability, { met: "Successful requests", budget: "Error budget", alerts: errorAlerts }),
        ...health(latency, { met: `Requests within ${threshold} s`, budget: "Latency budget", alerts: latencyAlerts }),
      ],
      [`Availability: ${percent(availability.objective)} succeed`]: budget({
        slo: availability,
        budget: "Error budget",
        alerts: errorAlerts,
        missed: "Failed requests",
        byRoute: promql`sum by (route) (${http.failures(...now)})`,
      }),
      [`Latency: ${percent(latency.objective)} within ${threshold} s`]: budget({
        slo: latency,
        budget: "Latency budget",
        alerts: latencyAlerts,
        missed: "Slow requests",
        byRoute: promql`sum by (route) (${http.slow(now[0], threshold, now[1])})`,
      }),
    },
  };
}
