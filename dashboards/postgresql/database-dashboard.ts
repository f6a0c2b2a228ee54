import type { Environment } from "../../config/environment";
import { deployments, firingAlerts } from "../../kit/dashboards/annotations";
import { dashboard, type Model } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards } from "../../kit/dashboards/links";
import { choice, logsSource, metricsSource, namespace } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { dataSourceUids } from "../grafana/data-sources";
import { pool } from "./application-pool";
import { connections } from "./connections";
import { availability } from "./database-availability";
import { causes, sqlErrors } from "./database-causes";
import { health } from "./database-health";
import { inNamespace } from "./database-queries";
import { locks } from "./locks";
import { storage } from "./storage";
import { tables } from "./tables";
import { transactions } from "./transactions";

/** Whether PostgreSQL is healthy, and whether it or the ERP's use of it makes the ERP slow. */
export function databasePerformance(environment: Environment): Model {
  const uids = dataSourceUids(environment);
  return dashboard({
    uid: "erp-database",
    title: "Database performance",
    description:
      "Is PostgreSQL healthy, and does the ERP get what it asks? The first row answers; the rows below lead from the symptom to its cause. Blue marks: a Deployment changed. Red: an alert fires.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${postgresql.up}`),
      choice(
        "datname",
        "Database",
        promql`count by (datname) (${postgresql.databaseSize}{${inNamespace},datname!~"template.*"})`,
      ),
    ],
    annotations: [deployments("erp-.+|postgresql.*"), firingAlerts("erp")],
    links: [
      otherDashboards("ERP", "erp"),
      logsLink("SQL errors of the ERP", sqlErrors.replace("$namespace", "${namespace}")),
    ],
    rows: {
      "Is it healthy?": health(),
      Availability: availability(environment),
      Connections: connections(environment),
      "Application pool": pool(environment),
      Transactions: transactions(environment),
      Locks: locks(environment),
      "Cache and disk": storage(),
      Tables: tables(environment),
      Causes: causes(environment),
    },
  });
}
