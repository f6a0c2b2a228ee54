import { slosOf } from "../../alerts/erp-slos/slo";
import { firingAlerts, versions } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards, sentryLink } from "../../kit/dashboards/links";
import { choice, logsSource, metricsSource, namespace, percentile } from "../../kit/dashboards/variables";
import { present } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { loki } from "../../logs/loki-store";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { DashboardInventory } from "../../metrics/inventory";
import { healthCheckMeasures, healthCheckPanels } from "../erp-health-checks/health-check-panels";
import { identityMeasures, identityPanels } from "../erp-identity/identity-panels";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { availability, availabilityMeasures } from "./api-availability";
import { causes } from "./api-causes";
import { health } from "./api-health";
import { saturation } from "./api-saturation";
import { duration, errors, rate, trafficMeasures } from "./api-traffic";
import { httpQueries } from "./http-queries";

const api = erpApiJob.name;

/** Whether the ERP's API is healthy; and if not, since when and why. */
export function fastapiDashboard(catalogued: DashboardInventory): DashboardForm {
  const { environment, http, alertsOf } = catalogued;
  const { erp } = environment;
  const uids = dataSourceUids(environment);
  const queries = httpQueries(http);
  const identity = identityPanels(catalogued);
  return {
    uid: "erp-fastapi-overview",
    folder: "ERP",
    title: "FastAPI overview",
    description:
      "Is the ERP's API healthy? Start with the first row. The rows below lead from the symptom to its cause. Blue marks: a Deployment changed. Purple: a new version. Red: an alert begins to fire.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${erpApi.up}{job="${api}"}`),
      choice({ name: "route", title: "Route", ...http.routes({ namespace: "$namespace" }) }),
      percentile(),
    ],
    annotations: [
      deploymentsOf("erp-.+"),
      versions(promql`${erpApi.info}{namespace="$namespace"}`),
      firingAlerts(alertsOf.erp),
    ],
    links: present([
      otherDashboards("ERP", "erp"),
      logsLink("API logs", loki.lines({ namespaces: ["${namespace}"], app: "erp-api" })),
      erp.sentry.mode !== "off" &&
        erp.sentry.issuesUrl !== undefined &&
        sentryLink(erp.sentry.issuesUrl, environment.name),
    ]),
    rows: {
      Health: health(queries, alertsOf.erp, slosOf(catalogued).availability, erp.slos.latency),
      Availability: [...availability(), ...present(healthCheckPanels(environment))],
      Rate: rate(queries),
      Errors: errors(queries, catalogued),
      ...(identity.length > 0 && { Identity: identity }),
      Duration: duration(queries, catalogued),
      Saturation: saturation(catalogued),
      Causes: causes(),
    },
    collapsedRows: {
      "Other alert measures": [
        ...availabilityMeasures(catalogued),
        ...healthCheckMeasures(),
        ...present(trafficMeasures(catalogued)),
        ...identityMeasures(catalogued),
      ],
    },
  };
}
