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

/** Numbers from left to right. The description of each one names the row to read if it is not green. */
export function health(): Panel[] {
  return [firing(), reachable(), connections(), lockWaits(), oldestTransaction(), poolInUse(), rate(), uptime()];
}

function firing(): Panel {
  return alertsFiring({ ...small, which: "PostgreSQL alerts", matchers: 'service="postgresql"' });
}

function reachable(): Panel {
  return stat({
    ...small,
    title: "Reachable",
    description:
      "Whether the exporter can connect. No: nobody can work, and PostgresqlDown pages. Not scraped: the exporter itself is down.",
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
      "Open connections, as a share of those that clients may open. Yellow: an alert fires if this continues. Red: new connections are refused. See the row Availability and connections.",
    unit: units.PercentUnit,
    query: promql`max(${postgresqlConnectionsHigh.measure})`,
    thresholds: above({
      yellow: postgresqlConnectionsHigh,
      red: postgresqlConnectionsExhausted,
    }),
  });
}

function lockWaits(): Panel {
  return stat({
    ...small,
    title: "Waiting for locks",
    description:
      "Sessions that wait for a lock. One or two now and then are normal. Red: a session holds a lock that many others need. See the row Locks.",
    unit: units.Short,
    query: promql`max(${postgresqlLockWaits.measure})`,
    thresholds: above({ red: postgresqlLockWaits }),
  });
}

function oldestTransaction(): Panel {
  return stat({
    ...small,
    title: "Oldest transaction",
    description:
      "Age of the oldest open transaction of a client. Red: a program did not commit, or a job runs for too long. See the row Transactions.",
    unit: units.Seconds,
    query: promql`max(${postgresql.longestTransaction}{${inDatabase},${clients},application_name!="pg_dump"})`,
    thresholds: above({ red: postgresqlLongTransaction }),
  });
}

function poolInUse(): Panel {
  return stat({
    width: small.width,
    title: "Pool in use",
    description:
      "Connections in use, as a share of those that a pod of the ERP may open, for the pod with the highest share. Red: requests begin to wait. See the row Application pool.",
    unit: units.PercentUnit,
    query: promql`max(${erpDatabasePoolNearlyExhausted.measure})`,
    thresholds: above({ red: erpDatabasePoolNearlyExhausted }),
    empty: "not scraped",
  });
}

function rate(): Panel {
  return stat({
    ...small,
    title: "Transactions",
    description:
      "Transactions that end per second. If the number is far below normal, the ERP does not reach PostgreSQL, or gets no requests.",
    unit: units.CountsPerSecond,
    query: promql`sum(${perSecond(postgresql.commits)}) + sum(${perSecond(postgresql.rollbacks)})`,
  });
}

function uptime(): Panel {
  return stat({
    ...small,
    title: "Uptime",
    description: "Time since PostgreSQL was started. A short time explains broken connections and a cold cache.",
    unit: units.Seconds,
    query: promql`time() - max(${postgresql.startTime}{${inNamespace}})`,
  });
}
