import { slosOf } from "../../alerts/erp-slos/slo";
import type { Environment } from "../../config/environment";
import { deployments, firingAlerts, versions } from "../../kit/dashboards/annotations";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards, sentryLink } from "../../kit/dashboards/links";
import { choice, logsSource, metricsSource, namespace, percentile } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import type { Catalogue } from "../../metrics/catalogue";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { jobs } from "../../metrics/jobs";
import { healthCheckPanels } from "../erp-health-checks/health-checks";
import { dataSourceUids } from "../grafana/data-sources";
import { availability } from "./api-availability";
import { causes } from "./api-causes";
import { health } from "./api-health";
import { saturation } from "./api-saturation";
import { duration, errors, rate } from "./api-traffic";
import { httpQueries } from "./http-queries";
import { requestAlerts } from "./request-alerts";

const api = jobs.erpApi.name;

/** Whether the ERP's API is healthy; and where not, since when and why. */
export function fastapiOverview(environment: Environment, catalogue: Catalogue): Model {
  const { erp } = environment;
  const { http } = catalogue;
  const uids = dataSourceUids(environment);
  const queries = httpQueries(http);
  const alerts = requestAlerts(catalogue, environment.runbookBaseUrl);
  return dashboard({
    uid: "erp-fastapi-overview",
    title: "FastAPI overview",
    description:
      "Is the ERP's API healthy? The first row answers; the rows below lead from the symptom to its cause. Blue marks: a Deployment changed. Purple: a new version. Red: an alert fires.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${erpApi.up}{job="${api}"}`),
      choice("route", "Route", promql`count by (route) (${http.requests("$__range", { namespace: "$namespace" })})`),
      percentile(),
    ],
    annotations: [deployments("erp-.+"), versions(promql`${erpApi.info}{namespace="$namespace"}`), firingAlerts("erp")],
    links: [
      otherDashboards("ERP", "erp"),
      logsLink("Logs of the API", '{namespace="${namespace}",app="erp-api"}'),
      ...(erp.sentry.mode !== "off" && erp.sentry.issuesUrl
        ? [sentryLink(erp.sentry.issuesUrl, environment.name)]
        : []),
    ],
    rows: {
      "Is it healthy?": health(queries, slosOf(environment, catalogue).availability, erp.slos.latency),
      Availability: availability(environment, catalogue),
      "Health checks": healthCheckPanels(environment),
      Rate: rate(queries),
      Errors: [...errors(queries, erp.slos), ...alerts.errors],
      Duration: [...duration(queries, http, erp.slos), ...alerts.duration],
      Saturation: saturation(erp.api, alerts.saturation),
      Causes: causes(),
    },
  });
}
