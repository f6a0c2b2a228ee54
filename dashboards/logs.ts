import type { Environment } from "../config/environment";
import { erpApi } from "../metrics/erp-api";
import { jobs } from "../metrics/jobs";
import { promql } from "../queries/query";
import { dataSourceUids } from "./data-sources";
import { deployments, firingAlerts, versions } from "./frame/annotations";
import { dashboard, type Model } from "./frame/dashboard";
import { otherDashboards } from "./frame/links";
import { logsSource, metricsSource, namespace, program, text } from "./frame/variables";
import { logHealth, measured } from "./logs/health";
import { lastErrors, trail } from "./logs/lines";
import { errors, written } from "./logs/volume";

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
