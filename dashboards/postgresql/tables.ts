import * as units from "@grafana/grafana-foundation-sdk/units";
import { postgresqlWraparoundImminent } from "../../alerts/postgresql/postgresql-wraparound-imminent";
import { postgresqlWraparoundNear } from "../../alerts/postgresql/postgresql-wraparound-near";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import type { Metric } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { exported, inDatabase, perSecond } from "./database-queries";

const table = { ...exported, width: 8, empty: "no tables" };
const legend = "{{schemaname}}.{{relname}}";

/** What vacuum and indexes are for: only of the database that the exporter is connected to. */
export function tables(): Panel[] {
  return [
    deadRows(),
    autovacuum(),
    largest(),
    sequentialReads(),
    alertPanel(postgresqlWraparoundNear, {
      title: "Transaction numbers used up",
      width: 12,
      severer: postgresqlWraparoundImminent,
      legend: "{{datname}}",
    }),
  ];
}

function deadRows(): Panel {
  const [dead, live] = [byTable(postgresql.deadRows), byTable(postgresql.liveRows)];
  return timeseries({
    ...table,
    title: "Dead rows",
    description:
      "Share of each table that waits for vacuum, weighed against at least 1000 rows, so that small tables stay out. Autovacuum begins at 20 %. Far above for long: an old transaction, or autovacuum cannot keep up.",
    unit: units.PercentUnit,
    queries: [{ query: promql`topk(10, ${dead} / clamp_min(${live} + ${dead}, 1000))`, legend }],
  });
}

function autovacuum(): Panel {
  const runs = promql`increase(${postgresql.autovacuums}{${inDatabase}}[$__rate_interval])`;
  return timeseries({
    ...table,
    title: "Autovacuum runs",
    description:
      "How often autovacuum went through the ten tables that it visits most. None for hours while Dead rows rises: it is blocked or switched off.",
    unit: units.Short,
    stacked: true,
    queries: [{ query: promql`topk(10, sum by (schemaname, relname) (${runs}))`, legend }],
  });
}

function largest(): Panel {
  return timeseries({
    ...table,
    title: "Largest tables",
    description:
      "With their indexes, dead rows included. One that grows alone: what fills it, and who deletes from it?",
    unit: units.BytesIEC,
    stacked: true,
    queries: [{ query: promql`topk(10, ${byTable(postgresql.tableSize)} + ${byTable(postgresql.indexSize)})`, legend }],
  });
}

function sequentialReads(): Panel {
  const rows = perSecond(postgresql.rowsReadSequentially);
  return timeseries({
    ...table,
    title: "Rows read without an index",
    description:
      "Rows per second that scans of whole tables read. A large table here that rises with the latency: a query lacks an index.",
    unit: units.CountsPerSecond,
    width: 12,
    queries: [{ query: promql`topk(10, sum by (schemaname, relname) (${rows}))`, legend }],
  });
}

function byTable(metric: Metric) {
  return promql`max by (schemaname, relname) (${metric}{${inDatabase}})`;
}
