import * as units from "@grafana/grafana-foundation-sdk/units";
import { postgresqlDeadlocks } from "../../alerts/postgresql/postgresql-deadlocks";
import { postgresqlLongTransaction } from "../../alerts/postgresql/postgresql-long-transaction";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { exported, perSecond } from "./database-queries";

/** Transactions and rows per second, and transactions that stay open for long. */
export function transactions(): Panel[] {
  return [
    commitsAndRollbacks(),
    rowsWritten(),
    rowsRead(),
    alertPanel(postgresqlLongTransaction, {
      title: "Oldest transaction by program",
      most: 10,
      width: 12,
      legend: "{{application_name}} of {{usename}} in {{datname}}",
    }),
    alertPanel(postgresqlDeadlocks, { title: "Deadlocks in 5 minutes", width: 12, legend: "{{datname}}" }),
  ];
}

function commitsAndRollbacks(): Panel {
  return timeseries({
    ...exported,
    title: "Commits and rollbacks",
    description:
      "Transactions that end per second. SQLAlchemy rolls back transactions that only read, so a share of rollbacks is normal. If that share rises suddenly, statements fail: see the row Causes.",
    unit: units.CountsPerSecond,
    width: 8,
    stacked: true,
    queries: [
      { query: promql`sum(${perSecond(postgresql.commits)})`, legend: "committed" },
      { query: promql`sum(${perSecond(postgresql.rollbacks)})`, legend: "rolled back" },
    ],
    colors: { committed: "green", "rolled back": "blue" },
  });
}

function rowsWritten(): Panel {
  return timeseries({
    ...exported,
    title: "Rows written",
    description:
      "Rows that are inserted, updated and deleted per second. If there are none while requests continue, the ERP answers, but stores nothing. The cause of a peak is an import or a clean-up, after which vacuum has work.",
    unit: units.CountsPerSecond,
    width: 8,
    queries: [
      { query: promql`sum(${perSecond(postgresql.rowsInserted)})`, legend: "inserted" },
      { query: promql`sum(${perSecond(postgresql.rowsUpdated)})`, legend: "updated" },
      { query: promql`sum(${perSecond(postgresql.rowsDeleted)})`, legend: "deleted" },
    ],
  });
}

function rowsRead(): Panel {
  return timeseries({
    ...exported,
    title: "Rows read",
    description:
      "Rows that scans read (scanned), and rows that an index found, per second. If far more rows are scanned than found, PostgreSQL reads whole tables: see Rows read without an index.",
    unit: units.CountsPerSecond,
    width: 8,
    queries: [
      { query: promql`sum(${perSecond(postgresql.rowsScanned)})`, legend: "scanned" },
      { query: promql`sum(${perSecond(postgresql.rowsFetched)})`, legend: "found by an index" },
    ],
  });
}
