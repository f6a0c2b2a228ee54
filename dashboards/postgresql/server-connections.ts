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

/** Who is connected, and doing what. */
export function connections(): Panel[] {
  return [
    alertPanel(postgresqlConnectionsHigh, {
      title: "Connections used over time",
      width: 8,
      severer: postgresqlConnectionsExhausted,
      legend: "{{namespace}}",
    }),
    ifPoolsFill(),
    byState(),
    byProgram(),
    busySessions(),
  ];
}

function ifPoolsFill(): Panel {
  const { maxConnections, reservedConnections } = postgresql;
  const admitted = promql`(max(${maxConnections}{${inNamespace}}) - max(${reservedConnections}{${inNamespace}}))`;
  return timeseries({
    ...exported,
    title: "Connections if every pool fills",
    description:
      "What the pools of all pods together may open, of what PostgreSQL admits. Above 100 %: at the next rush some are refused, though each pool is within its bounds. Smaller pools, fewer pods, or a connection pooler.",
    unit: units.PercentUnit,
    width: 8,
    queries: [
      { query: promql`sum(${erpApi.poolMaxConnections}{${inNamespace}}) / ${admitted}`, legend: "of the admitted" },
    ],
    thresholds: above({ yellow: postgresqlConnectionsHigh.limit.value, red: 1 }),
  });
}

function byState(): Panel {
  return timeseries({
    ...exported,
    title: "Sessions by state",
    description:
      "Sessions of clients. Many active: PostgreSQL works, or waits, see Locks. Many idle in transaction: the ERP does something else while it holds locks. Many idle: pools are larger than needed.",
    unit: units.Short,
    width: 8,
    stacked: true,
    queries: [
      { query: promql`sum by (state) (${postgresql.sessions}{${inDatabase},${clients}}) > 0`, legend: "{{state}}" },
    ],
    colors: { active: "blue", idle: "green", "idle in transaction": "orange", "idle in transaction (aborted)": "red" },
    empty: "nobody is connected",
  });
}

function byProgram(): Panel {
  return timeseries({
    ...exported,
    title: "Sessions by program and user",
    description:
      "Who holds the connections, as clients name themselves. One that grows alone leaks them. A program that you do not know: ask before you end it.",
    unit: units.Short,
    width: 8,
    stacked: true,
    queries: [
      {
        query: promql`topk(10, sum by (application_name, usename) (${postgresql.sessions}{${inDatabase},backend_type="client backend"}))`,
        legend: "{{application_name}} of {{usename}}",
      },
    ],
    empty: "nobody is connected",
  });
}

function busySessions(): Panel {
  return timeseries({
    ...exported,
    title: "Busy sessions",
    description:
      "How many sessions worked on a statement at a time, on average. Above the number of CPUs for long: they wait for CPU, disk or locks.",
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
