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

/** Tables of the database that the exporter is connected to: dead rows, size and scans. */
export function tables(): Panel[] {
  return [
    deadRows(),
    autovacuum(),
    largest(),
    sequentialReads(),
    alertPanel(postgresqlWraparoundNear, {
      title: "Transaction IDs used",
      width: 12,
      moreSevere: postgresqlWraparoundImminent,
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
      "Share of dead rows in the six tables with the highest share. Vacuum removes them. Each table counts as at least 1000 rows, so that the share in small tables stays low. Autovacuum starts at 20 %. If a table is far above 20 % for long, an old transaction blocks autovacuum, or autovacuum cannot keep up.",
    unit: units.PercentUnit,
    queries: [{ query: promql`topk(6, ${dead} / clamp_min(${live} + ${dead}, 1000))`, legend }],
  });
}

function autovacuum(): Panel {
  const runs = promql`increase(${postgresql.autovacuums}{${inDatabase}}[$__rate_interval])`;
  return timeseries({
    ...table,
    title: "Autovacuum runs",
    description:
      "Runs of autovacuum, for the six tables with most runs. If there are none for hours while Dead rows rises, autovacuum is blocked or switched off.",
    unit: units.Short,
    stacked: true,
    queries: [{ query: promql`topk(6, sum by (schemaname, relname) (${runs}))`, legend }],
  });
}

function largest(): Panel {
  return timeseries({
    ...table,
    title: "Largest tables",
    description:
      "Size of the six largest tables, indexes and dead rows included. If one table grows alone, find the code that fills it, and the job that should delete old rows.",
    unit: units.BytesIEC,
    stacked: true,
    queries: [{ query: promql`topk(6, ${byTable(postgresql.tableSize)} + ${byTable(postgresql.indexSize)})`, legend }],
  });
}

function sequentialReads(): Panel {
  const rows = perSecond(postgresql.rowsReadSequentially);
  return timeseries({
    ...table,
    title: "Rows read without an index",
    description:
      "Rows per second that are read by scans of whole tables. If the line of a large table rises together with the latency, a query lacks an index.",
    unit: units.CountsPerSecond,
    width: 12,
    queries: [{ query: promql`topk(10, sum by (schemaname, relname) (${rows}))`, legend }],
  });
}

function byTable(metric: Metric) {
  return promql`max by (schemaname, relname) (${metric}{${inDatabase}})`;
}
