import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { type Promql, promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { exported, inDatabase, inNamespace, perSecond } from "./database-queries";

/** Share of the blocks that were in PostgreSQL's buffers: 1 while nobody reads. */
export function hitRatio(by = ""): Promql {
  const [hit, read] = [postgresql.blocksHit, postgresql.blocksRead].map(
    (counter) => promql`sum${by} (${perSecond(counter)})`,
  );
  return promql`1 - ${read} / clamp_min(${hit} + ${read}, 1e-9)`;
}

/** What it keeps in memory, and what it reads from and writes to disk. */
export function storage(): Panel[] {
  return [cacheHits(), blocksRead(), temporaryFiles(), databaseSize(), writeAheadLog(), checkpoints(), writers()];
}

function cacheHits(): Panel {
  return timeseries({
    ...exported,
    title: "Cache hits over time",
    description:
      "Share of the blocks that PostgreSQL had in its own buffers; the others may still come from the system's memory. A dip: a restart, or a query over data that nobody used lately.",
    unit: units.PercentUnit,
    width: 8,
    max: 1,
    queries: [{ query: hitRatio(" by (datname)"), legend: "{{datname}}" }],
  });
}

function blocksRead(): Panel {
  return timeseries({
    ...exported,
    title: "Blocks read",
    description:
      "Blocks per second, most often of 8 KiB, that PostgreSQL asked the system for. Rising with the latency: the disk is what is slow. Rows read without an index says which table.",
    unit: units.CountsPerSecond,
    width: 8,
    queries: [{ query: promql`sum by (datname) (${perSecond(postgresql.blocksRead)})`, legend: "{{datname}}" }],
  });
}

function temporaryFiles(): Panel {
  return timeseries({
    ...exported,
    title: "Temporary files",
    description:
      "Written because a sort, hash or index did not fit into work_mem. 0 is usual. Peaks at the time of reports: the report's query, or its work_mem.",
    unit: units.BytesPerSecondIEC,
    width: 8,
    queries: [{ query: promql`sum by (datname) (${perSecond(postgresql.temporaryBytes)})`, legend: "{{datname}}" }],
  });
}

function databaseSize(): Panel {
  return timeseries({
    ...exported,
    title: "Size of databases",
    description:
      "On disk, indexes and dead rows included. Growing faster than the business: dead rows, see Tables, or something that is never deleted.",
    unit: units.BytesIEC,
    width: 6,
    queries: [{ query: promql`max by (datname) (${postgresql.databaseSize}{${inDatabase}})`, legend: "{{datname}}" }],
  });
}

function writeAheadLog(): Panel {
  return timeseries({
    ...exported,
    title: "Write-ahead log on disk",
    description:
      "Usually below max_wal_size. Growing without end: archiving fails, or a replication slot that nobody reads keeps it; PostgreSQL stops when the disk is full.",
    unit: units.BytesIEC,
    width: 6,
    queries: [{ query: promql`max(${postgresql.walSize}{${inNamespace}})`, legend: "kept" }],
  });
}

function checkpoints(): Panel {
  const checkpointsBegun = (counter: "checkpointsTimed" | "checkpointsRequested") =>
    promql`sum(increase(${postgresql[counter]}{${inNamespace}}[$__rate_interval]))`;
  return timeseries({
    ...exported,
    title: "Checkpoints",
    description:
      "Timed ones come every checkpoint_timeout. Requested ones again and again: more is written than max_wal_size allows for, and everything is written twice.",
    unit: units.Short,
    width: 6,
    queries: [
      { query: checkpointsBegun("checkpointsTimed"), legend: "timed" },
      { query: checkpointsBegun("checkpointsRequested"), legend: "requested" },
    ],
  });
}

function writers(): Panel {
  const blocks = (counter: "buffersCheckpoint" | "buffersCleaned" | "buffersBackend") =>
    promql`sum(rate(${postgresql[counter]}{${inNamespace}}[$__rate_interval]))`;
  return timeseries({
    ...exported,
    title: "Who writes blocks",
    description:
      "Blocks per second. Checkpoints should write most. Sessions for long: they wait for it, because the buffers are too small for what is changed.",
    unit: units.CountsPerSecond,
    width: 6,
    stacked: true,
    queries: [
      { query: blocks("buffersCheckpoint"), legend: "checkpoints" },
      { query: blocks("buffersCleaned"), legend: "background writer" },
      { query: blocks("buffersBackend"), legend: "sessions themselves" },
    ],
  });
}
