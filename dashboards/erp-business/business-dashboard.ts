import { businessAlerts } from "../../alerts/erp-business/business";
import type { Environment } from "../../config/environment";
import { firingAlerts, versions } from "../../kit/dashboards/annotations";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace, percentile } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import type { Catalogue } from "../../metrics/catalogue";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { jobs } from "../../metrics/jobs";
import { dataSourceUids } from "../grafana/data-sources";
import { use } from "./business-health";
import { created } from "./created-objects";
import { demand } from "./demand";
import { work } from "./work";

/** Whether the ERP does what it is there for: told in its own objects, and held against last week. */
export function businessMetrics(environment: Environment, catalogue: Catalogue): Model {
  const alerts = businessAlerts(catalogue);
  const info = promql`${erpApi.info}{namespace="$namespace",job="${jobs.erpApi.name}"}`;
  return dashboard({
    uid: "erp-business",
    title: "Business metrics",
    description:
      "Is the ERP of use? The first row answers; below: what is created, what is asked, and what is done for it. Counts are taken each minute and may miss a few; exact ones are in the database. Purple marks: a new version. Red: an alert fires.",
    tags: ["erp"],
    from: "now-24h",
    variables: [
      metricsSource(dataSourceUids(environment).prometheus),
      namespace(promql`${erpApi.up}{job="${jobs.erpApi.name}"}`),
      percentile(),
    ],
    annotations: [versions(info), firingAlerts("erp")],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      "Is it of use?": use(catalogue, alerts),
      "What is created": created(environment, catalogue, alerts),
      "What is asked": demand(environment, catalogue, alerts),
      "What is done for it": work(),
    },
  });
}
