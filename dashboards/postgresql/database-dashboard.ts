import { postgresqlDown } from "../../alerts/postgresql/postgresql-down";
import { postgresqlStatisticsMissing } from "../../alerts/postgresql/postgresql-statistics-missing";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { firingAlerts } from "../../kit/dashboards/annotations";
import type { DashboardForm } from "../../kit/dashboards/dashboard";
import { logsLink, otherDashboards } from "../../kit/dashboards/links";
import { choice, logsSource, metricsSource, namespace } from "../../kit/dashboards/variables";
import { promql } from "../../kit/queries/query";
import { loki } from "../../logs/loki-store";
import type { DashboardInventory } from "../../metrics/inventory";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { dataSourceUids } from "../grafana/data-sources";
import { deploymentsOf } from "../kubernetes/kubernetes-queries";
import { applicationPool } from "./application-pool";
import { archiveAndReplicas } from "./archive-and-replicas";
import { causes, sqlErrors } from "./database-causes";
import { health } from "./database-health";
import { inNamespace } from "./database-queries";
import { locks } from "./locks";
import { connections } from "./server-connections";
import { storage } from "./storage";
import { tables } from "./tables";
import { transactions } from "./transactions";

/** Whether PostgreSQL is healthy, and whether it, or how the ERP uses it, makes the ERP slow. */
export function databaseDashboard({ environment, alertsOf }: DashboardInventory): DashboardForm {
  const uids = dataSourceUids(environment);
  return {
    uid: "erp-database",
    folder: "ERP",
    title: "Database performance",
    description:
      "Is PostgreSQL healthy, and does the ERP get connections and answers in time? Start with the first row. The rows below lead from the symptom to its cause. Blue marks: a Deployment changed. Red: an alert begins to fire.",
    tags: ["erp"],
    variables: [
      metricsSource(uids.prometheus),
      logsSource(uids.loki),
      namespace(promql`${postgresql.up}`),
      choice({
        name: "datname",
        title: "Database",
        series: promql`${postgresql.databaseSize}{${inNamespace},datname!~"template.*"}`,
        label: "datname",
      }),
    ],
    annotations: [deploymentsOf("erp-.+|postgresql.*"), firingAlerts(alertsOf.erp)],
    links: [otherDashboards("ERP", "erp"), logsLink("SQL errors of the ERP", loki.lines(sqlErrors("${namespace}")))],
    rows: {
      Health: health(),
      "Availability and connections": [
        alertPanel(postgresqlDown, { title: "Reachable over time", width: 8, legend: "{{namespace}}" }),
        ...connections(),
      ],
      "Application pool": applicationPool(),
      Transactions: transactions(),
      Locks: locks(),
      "Cache and disk": storage(),
      "Archiving and replication": archiveAndReplicas(environment),
      Tables: tables(),
      Causes: causes(environment),
    },
    collapsedRows: {
      "Other alert measures": [
        alertPanel(postgresqlStatisticsMissing, {
          title: "Statistics read by the exporter",
          width: 24,
          legend: "{{collector}}",
        }),
      ],
    },
  };
}
