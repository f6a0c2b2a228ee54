import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpDatabasePoolNearlyExhausted } from "../../alerts/erp-processes/erp-database-pool-nearly-exhausted";
import { clients } from "../../alerts/postgresql/connections-used";
import { postgresqlConnectionsExhausted } from "../../alerts/postgresql/postgresql-connections-exhausted";
import { postgresqlConnectionsHigh } from "../../alerts/postgresql/postgresql-connections-high";
import { postgresqlLockWaits } from "../../alerts/postgresql/postgresql-lock-waits";
import { postgresqlLongTransaction } from "../../alerts/postgresql/postgresql-long-transaction";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { exported, inDatabase, inNamespace, perSecond } from "./database-queries";

const small = { ...exported, width: 6 };

/** Is it healthy? Read from left to right; the first that is not green names the row to read next. */
export function health(): Panel[] {
  return [firing(), up(), connections(), lockWaits(), oldestTransaction(), poolInUse(), rate(), runningSince()];
}

function firing(): Panel {
  return alertsFiring({ ...small, which: "Alerts about PostgreSQL", matchers: 'service="postgresql"' });
}

function up(): Panel {
  return stat({
    ...small,
    title: "Reached",
    description:
      "Whether the exporter gets in. No: nobody can work, and PostgresqlDown pages. Not scraped: the exporter itself is gone.",
    unit: units.Short,
    query: promql`max(${postgresql.up}{${inNamespace}})`,
    words: { 0: "no", 1: "yes" },
    thresholds: below({ red: 1 }),
  });
}

function connections(): Panel {
  return stat({
    ...small,
    title: "Connections used",
    description:
      "Open connections of those that clients may open. Red: new ones are refused. See the row Availability and connections.",
    unit: units.PercentUnit,
    query: promql`max(${postgresqlConnectionsHigh.measure})`,
    thresholds: above({
      yellow: postgresqlConnectionsHigh.limit.value,
      red: postgresqlConnectionsExhausted.limit.value,
    }),
  });
}

function lockWaits(): Panel {
  return stat({
    ...small,
    title: "Waiting for locks",
    description:
      "Sessions that wait for a lock. One or two now and then are normal. Red: somebody holds what many need. See the row Locks.",
    unit: units.Short,
    query: promql`max(${postgresqlLockWaits.measure})`,
    thresholds: above({ red: postgresqlLockWaits.limit.value }),
  });
}

function oldestTransaction(): Panel {
  return stat({
    ...small,
    title: "Oldest transaction",
    description:
      "Age of the oldest open transaction of a client. Red: somebody forgot to commit, or a job runs away. See the row Transactions.",
    unit: units.Seconds,
    query: promql`max(${postgresql.longestTransaction}{${inDatabase},${clients},application_name!="pg_dump"})`,
    thresholds: above({ red: postgresqlLongTransaction.limit.value }),
  });
}

function poolInUse(): Panel {
  return stat({
    width: small.width,
    title: "Pool in use",
    description:
      "Connections in use of those that a pod of the ERP may open: the fullest pod. Red: work begins to wait. See the row Application pool.",
    unit: units.PercentUnit,
    query: promql`max(${erpDatabasePoolNearlyExhausted.measure})`,
    thresholds: above({ red: erpDatabasePoolNearlyExhausted.limit.value }),
    empty: "not scraped",
  });
}

function rate(): Panel {
  return stat({
    ...small,
    title: "Transactions",
    description: "Transactions that end per second. Far below the usual: the ERP does not get here, or is not asked.",
    unit: units.CountsPerSecond,
    query: promql`sum(${perSecond(postgresql.commits)}) + sum(${perSecond(postgresql.rollbacks)})`,
  });
}

function runningSince(): Panel {
  return stat({
    ...small,
    title: "Running for",
    description: "Time since PostgreSQL was started. Short: that is why connections broke and the cache is cold.",
    unit: units.Seconds,
    query: promql`time() - max(${postgresql.startTime}{${inNamespace}})`,
  });
}
