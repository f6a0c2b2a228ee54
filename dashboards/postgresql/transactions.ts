import * as units from "@grafana/grafana-foundation-sdk/units";
import { postgresqlDeadlocks } from "../../alerts/postgresql/postgresql-deadlocks";
import { postgresqlLongTransaction } from "../../alerts/postgresql/postgresql-long-transaction";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { exported, perSecond } from "./database-queries";

/** How much is done, and what is left undone for long. */
export function transactions(): Panel[] {
  return [
    endedTransactions(),
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

function endedTransactions(): Panel {
  return timeseries({
    ...exported,
    title: "Transactions that end",
    description:
      "Per second. SQLAlchemy rolls back what only read, so that a share of rollbacks is normal. A share that grows at once: statements fail, see Causes.",
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
      "Rows that are inserted, updated and deleted per second. Nothing while requests go on: work is answered, but not stored. A peak: an import or a clean-up, after which vacuum has work.",
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
      "Rows that scans came across, and those that an index led to, per second. Scanned far above found: tables are read from end to end, see Rows read without an index.",
    unit: units.CountsPerSecond,
    width: 8,
    queries: [
      { query: promql`sum(${perSecond(postgresql.rowsScanned)})`, legend: "scanned" },
      { query: promql`sum(${perSecond(postgresql.rowsFetched)})`, legend: "found by an index" },
    ],
  });
}
