import type { Environment } from "../../config/environment";
import { deployments, firingAlerts, versions } from "../../kit/dashboards/annotations";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { logsSource, metricsSource, namespace, program, text } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { jobs } from "../../metrics/jobs";
import { dataSourceUids } from "../grafana/data-sources";
import { lastErrors, trail } from "./lines";
import { errors, written } from "./log-volume";
import { logHealth, measured } from "./logs-health";

/** What the ERP says of itself: how much of it is bad, who says it, and the way of one request. */
export function logs(environment: Environment): Model {
  const uids = dataSourceUids(environment);
  return dashboard({
    uid: "erp-logs",
    title: "Logs",
    description:
      "What do the ERP's programs write? The first row says whether something is wrong with it; below stand who writes errors and where, and at the end the lines themselves. Blue marks: a Deployment changed. Purple: a new version. Red: an alert fires.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${erpApi.up}{job="${jobs.erpApi.name}"}`),
      program(),
      text("request_id", "Request id", ".+"),
    ],
    annotations: [deployments("erp-.+"), versions(promql`${erpApi.info}{namespace="$namespace"}`), firingAlerts("erp")],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      "Is it healthy?": logHealth(),
      "What alerts measure": measured(environment),
      "What is written": written(),
      Errors: errors(),
      "Last errors": [lastErrors()],
      "Trail of one request": [trail()],
    },
  });
}
