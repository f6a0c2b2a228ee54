import * as units from "@grafana/grafana-foundation-sdk/units";
import { clients } from "../../alerts/postgresql/connections-used";
import { postgresqlConnectionsExhausted } from "../../alerts/postgresql/postgresql-connections-exhausted";
import { postgresqlConnectionsHigh } from "../../alerts/postgresql/postgresql-connections-high";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { above } from "../../kit/dashboards/thresholds";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { exported, inDatabase, inNamespace, perSecond } from "./database-queries";

/** Connections of the server, by state and by program. */
export function connections(): Panel[] {
  return [
    alertPanel(postgresqlConnectionsHigh, {
      title: "Connections used over time",
      width: 8,
      moreSevere: postgresqlConnectionsExhausted,
      legend: "{{namespace}}",
    }),
    ifPoolsAreFull(),
    byState(),
    byProgram(),
    busySessions(),
  ];
}

function ifPoolsAreFull(): Panel {
  const { maxConnections, reservedConnections } = postgresql;
  const accepted = promql`(max(${maxConnections}{${inNamespace}}) - max(${reservedConnections}{${inNamespace}}))`;
  return timeseries({
    ...exported,
    title: "Connections if all pools are full",
    description:
      "Connections that the pools of all pods may open together, as a share of those that PostgreSQL accepts. Above 100 %, PostgreSQL refuses some connections at the next peak, although each pool is within its limit. Use smaller pools, fewer pods, or a connection pooler.",
    unit: units.PercentUnit,
    width: 8,
    queries: [{ query: promql`sum(${erpApi.poolMaxConnections}{${inNamespace}}) / ${accepted}`, legend: "all pools" }],
    thresholds: above({ yellow: postgresqlConnectionsHigh, red: 1 }),
  });
}

function byState(): Panel {
  return timeseries({
    ...exported,
    title: "Sessions by state",
    description:
      "Sessions of clients. If many are active, PostgreSQL is busy, or sessions wait (see the row Locks). If many are idle in transaction, the ERP does other work while it holds locks. If many are idle, the pools are larger than needed.",
    unit: units.Short,
    width: 8,
    stacked: true,
    queries: [
      { query: promql`sum by (state) (${postgresql.sessions}{${inDatabase},${clients}}) > 0`, legend: "{{state}}" },
    ],
    colors: { active: "blue", idle: "green", "idle in transaction": "orange", "idle in transaction (aborted)": "red" },
    empty: "no sessions",
  });
}

function byProgram(): Panel {
  return timeseries({
    ...exported,
    title: "Sessions by program and user",
    description:
      "Sessions by user and by the name that the client gives. A program that rises alone leaks connections. If you do not know a program, ask before you end its sessions.",
    unit: units.Short,
    width: 8,
    stacked: true,
    queries: [
      {
        query: promql`topk(10, sum by (application_name, usename) (${postgresql.sessions}{${inDatabase},backend_type="client backend"}))`,
        legend: "{{application_name}} of {{usename}}",
      },
    ],
    empty: "no sessions",
  });
}

function busySessions(): Panel {
  return timeseries({
    ...exported,
    title: "Busy sessions",
    description:
      "Average number of sessions that execute a statement at a time. If the average is above the number of CPUs for long, sessions wait for CPU, disk or locks.",
    unit: units.Short,
    softMax: 0.01,
    width: 8,
    queries: [
      {
        query: promql`sum by (datname) (${perSecond(postgresql.activeTime)})`,
        legend: "{{datname}}",
      },
    ],
  });
}
