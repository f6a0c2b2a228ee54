import { firingAlerts, versions } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { otherDashboards } from "../../kit/dashboards/links";
import { metricsSource, namespace, percentile } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { DashboardInventory } from "../../metrics/inventory";
import { dataSourceUids } from "../grafana/data-sources";
import { health } from "./business-health";
import { createdObjects } from "./created-objects";
import { demand } from "./demand";
import { work } from "./work";

/** Whether users work with the ERP as usual: its business objects and requests, compared with last week. */
export function businessDashboard(inventory: DashboardInventory): DashboardForm {
  const info = promql`${erpApi.info}{namespace="$namespace",job="${erpApiJob.name}"}`;
  return {
    uid: "erp-business",
    folder: "ERP",
    title: "Business metrics",
    description:
      "Do users work with the ERP as usual? Start with the first row. The rows below show created objects, requests, and background work. Counts are taken each minute and may miss a few; the database has the exact numbers. Purple marks: a new version. Red: an alert begins to fire.",
    tags: ["erp"],
    from: "now-24h",
    variables: [
      metricsSource(dataSourceUids(inventory.environment).prometheus),
      namespace(promql`${erpApi.up}{job="${erpApiJob.name}"}`),
      percentile(),
    ],
    annotations: [versions(info), firingAlerts(inventory.alertsOf.erp)],
    links: [otherDashboards("ERP", "erp")],
    rows: {
      "Business activity": health(inventory),
      "Created objects": createdObjects(inventory),
      "Requests and users": demand(inventory),
      "Services and background work": work(),
    },
  };
}
