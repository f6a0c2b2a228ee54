import { sloAlerts } from "../alerts/slo/alerts";
import { percent, slosOf } from "../alerts/slo/slo";
import type { Environment } from "../config/environment";
import type { Catalogue } from "../metrics/catalogue";
import { erpApi } from "../metrics/erp-api";
import { jobs } from "../metrics/jobs";
import { promql } from "../queries/query";
import { dataSourceUids } from "./data-sources";
import { deployments, firingAlerts, versions } from "./frame/annotations";
import { dashboard, type Model } from "./frame/dashboard";
import { otherDashboards } from "./frame/links";
import { metricsSource, namespace } from "./frame/variables";
import { budget } from "./slo/budget";
import { health } from "./slo/health";

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
