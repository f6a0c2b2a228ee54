import { firingAlerts, versions } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { logsSource, metricsSource, namespace, options, text } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { Inventory } from "../../metrics/inventory";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { errors, lastErrors, trail, writtenLines } from "./log-panels";
import { alertMeasures, logHealth } from "./logs-health";

/** Programs of the ERP, by their labels in the selection. */
const programs = {
  All: "erp-.+",
  API: "erp-api",
  Workers: "erp-worker",
  Scheduler: "erp-beat",
  Migration: "erp-migrate",
};

/** What the ERP says of itself: how much of it is bad, who says it, and the way of one request. */
export function logsDashboard({ environment }: Pick<Inventory, "environment">): DashboardForm {
  const uids = dataSourceUids(environment);
  return {
    uid: "erp-logs",
    folder: "ERP",
    title: "Logs",
    description:
      "What do the ERP's programs write? The first row says whether something is wrong with it; below stand who writes errors and where, and at the end the lines themselves. Blue marks: a Deployment changed. Purple: a new version. Red: an alert fires.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${erpApi.up}{job="${erpApiJob.name}"}`),
      options("app", "Program", programs),
      text("request_id", "Request id", ".+"),
    ],
    annotations: [
      deploymentsOf("erp-.+"),
      versions(promql`${erpApi.info}{namespace="$namespace"}`),
      firingAlerts("erp"),
    ],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      "Is it healthy?": logHealth(),
      "What is written": writtenLines(),
      Errors: errors(),
      "Last errors": [lastErrors()],
      "Trail of one request": [trail()],
    },
    collapsedRows: { "What the alerts measure": alertMeasures() },
  };
}
