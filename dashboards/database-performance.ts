import type { Environment } from "../config/environment";
import { postgresql } from "../metrics/postgresql";
import { promql } from "../queries/query";
import { dataSourceUids } from "./data-sources";
import { availability } from "./database/availability";
import { causes, sqlErrors } from "./database/causes";
import { inNamespace } from "./database/chosen";
import { connections } from "./database/connections";
import { health } from "./database/health";
import { locks } from "./database/locks";
import { pool } from "./database/pool";
import { storage } from "./database/storage";
import { tables } from "./database/tables";
import { transactions } from "./database/transactions";
import { deployments, firingAlerts } from "./frame/annotations";
import { dashboard, type Model } from "./frame/dashboard";
import { logsLink, otherDashboards } from "./frame/links";
import { choice, logsSource, metricsSource, namespace } from "./frame/variables";

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
