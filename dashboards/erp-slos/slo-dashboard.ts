import { sloAlerts } from "../../alerts/erp-slos/alerts";
import { percent, slosOf } from "../../alerts/erp-slos/slo";
import type { Environment } from "../../config/environment";
import { deployments, firingAlerts, versions } from "../../kit/dashboards/annotations";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import type { Catalogue } from "../../metrics/catalogue";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { jobs } from "../../metrics/jobs";
import { dataSourceUids } from "../grafana/data-sources";
import { budget } from "./budget";
import { health } from "./slo-health";

/** Whether the ERP keeps what it promises, and for how long it can if all goes on as it does. */
export function sloDashboard(environment: Environment, catalogue: Catalogue): Model {
  const { threshold } = environment.erp.slos.latency;
  const { availability, latency } = slosOf(environment, catalogue);
  const { http } = catalogue;
  const alerts = sloAlerts(environment, catalogue);
  const now = ["$__rate_interval", { namespace: "$namespace" }] as const;
  return dashboard({
    uid: "erp-slo",
    title: "SLO",
    description:
      "Does the ERP keep what it promises? The first row answers; each row below shows how fast one budget is spent, and on what. Blue marks: a Deployment changed. Purple: a new version. Red: an alert fires.",
    tags: ["erp"],
    variables: [
      metricsSource(dataSourceUids(environment).prometheus),
      namespace(promql`${erpApi.up}{job="${jobs.erpApi.name}"}`),
    ],
    annotations: [deployments("erp-.+"), versions(promql`${erpApi.info}{namespace="$namespace"}`), firingAlerts("erp")],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      "Is it healthy?": [
        ...health(availability, { kept: "Succeeded", budget: "Error budget" }),
        ...health(latency, { kept: `Within ${threshold} s`, budget: "Latency budget" }),
      ],
      [`Availability: ${percent(availability.objective)} of the requests in ${availability.window} succeed`]: budget({
        ...environment,
        slo: availability,
        budget: "Error budget",
        alerts: alerts.filter(({ name }) => name === "ErpErrorBudgetBurn"),
        missed: "Failures",
        byRoute: promql`sum by (route) (${http.failures(...now)})`,
      }),
      [`Latency: ${percent(latency.objective)} of the requests in ${latency.window} take at most ${threshold} s`]:
        budget({
          ...environment,
          slo: latency,
          budget: "Latency budget",
          alerts: alerts.filter(({ name }) => name === "ErpLatencyBudgetBurn"),
          missed: "Slow requests",
          byRoute: promql`sum by (route) (${http.slow(now[0], threshold, now[1])})`,
        }),
    },
  });
}
