import { firingAlerts, versions } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { logsSource, metricsSource, namespace, options, text } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { DashboardInventory } from "../../metrics/inventory";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { errors, lastErrors, linesOfRequest, logVolume } from "./log-panels";
import { alertMeasures, logHealth } from "./logs-health";

/** Programs of the ERP, by their labels in the selection. */
const programs = {
  All: "erp-.+",
  API: "erp-api",
  Workers: "erp-worker",
  Scheduler: "erp-beat",
  Migration: "erp-migrate",
};

/** Log lines of the ERP: how many are errors, which program wrote them, and the lines of one request. */
export function logsDashboard({ environment, alertsOf }: DashboardInventory): DashboardForm {
  const uids = dataSourceUids(environment);
  return {
    uid: "erp-logs",
    folder: "ERP",
    title: "Logs",
    description:
      "What do the ERP's programs log? The first row shows whether something is wrong. The rows below show which code writes errors, and then the lines themselves. Blue marks: a Deployment changed. Purple: a new version. Red: an alert begins to fire.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${erpApi.up}{job="${erpApiJob.name}"}`),
      options("app", "Program", programs),
      text("request_id", "Request ID", ".+"),
    ],
    annotations: [
      deploymentsOf("erp-.+"),
      versions(promql`${erpApi.info}{namespace="$namespace"}`),
      firingAlerts(alertsOf.erp),
    ],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      Health: logHealth(),
      "Log volume": logVolume(),
      Errors: errors(),
      "Last errors": [lastErrors()],
      "One request": [linesOfRequest()],
    },
    collapsedRows: { "Other alert measures": alertMeasures() },
  };
}
