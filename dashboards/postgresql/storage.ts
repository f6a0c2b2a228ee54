import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { type Promql, promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { exported, inDatabase, inNamespace, perSecond } from "./database-queries";

/** Share of the blocks that were in PostgreSQL's buffers: 1 while no block is read. */
export function hitRatio(by = ""): Promql {
  const [hit, read] = [postgresql.blocksHit, postgresql.blocksRead].map(
    (counter) => promql`sum${by} (${perSecond(counter)})`,
  );
  return promql`1 - ${read} / clamp_min(${hit} + ${read}, 1e-9)`;
}

/** Cache, reads and writes, and disk use of PostgreSQL. */
export function storage(): Panel[] {
  return [cacheHits(), blocksRead(), temporaryFiles(), databaseSize(), writeAheadLog(), checkpoints(), blockWrites()];
}

function cacheHits(): Panel {
  return timeseries({
    ...exported,
    title: "Cache hit ratio",
    description:
      "Share of the blocks that PostgreSQL found in its own buffers; the others may still come from the memory of the operating system. The cause of a drop is a restart, or a query over data that was not used recently.",
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
      "Blocks per second, usually of 8 KiB, that PostgreSQL read from the operating system. If they rise together with the latency, the disk is slow. Rows read without an index shows the table that is read.",
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
      "Bytes written because a sort, hash or index did not fit into work_mem. 0 is normal. If there are peaks when reports run, improve the query of the report, or raise its work_mem.",
    unit: units.BytesPerSecondIEC,
    width: 8,
    queries: [{ query: promql`sum by (datname) (${perSecond(postgresql.temporaryBytes)})`, legend: "{{datname}}" }],
  });
}

function databaseSize(): Panel {
  return timeseries({
    ...exported,
    title: "Database size",
    description:
      "Size on disk, indexes and dead rows included. If it grows faster than the business, the cause is dead rows (see the row Tables), or data that is never deleted.",
    unit: units.BytesIEC,
    width: 6,
    queries: [{ query: promql`max by (datname) (${postgresql.databaseSize}{${inDatabase}})`, legend: "{{datname}}" }],
  });
}

function writeAheadLog(): Panel {
  return timeseries({
    ...exported,
    title: "Write-ahead log (WAL) size",
    description:
      "Size of the write-ahead log on disk, usually below max_wal_size. If it rises steadily, archiving fails, or PostgreSQL keeps the log for a replication slot that nobody reads. PostgreSQL stops when the disk is full.",
    unit: units.BytesIEC,
    width: 6,
    queries: [{ query: promql`max(${postgresql.walSize}{${inNamespace}})`, legend: "size" }],
  });
}

function checkpoints(): Panel {
  const checkpointsBegun = (counter: "checkpointsTimed" | "checkpointsRequested") =>
    promql`sum(increase(${postgresql[counter]}{${inNamespace}}[$__rate_interval]))`;
  return timeseries({
    ...exported,
    title: "Checkpoints",
    description:
      "Timed checkpoints start every checkpoint_timeout. If many are requested, the ERP writes more than max_wal_size allows for, and PostgreSQL writes everything twice.",
    unit: units.Short,
    width: 6,
    queries: [
      { query: checkpointsBegun("checkpointsTimed"), legend: "timed" },
      { query: checkpointsBegun("checkpointsRequested"), legend: "requested" },
    ],
  });
}

function blockWrites(): Panel {
  const blocks = (counter: "buffersCheckpoint" | "buffersCleaned" | "buffersBackend") =>
    promql`sum(rate(${postgresql[counter]}{${inNamespace}}[$__rate_interval]))`;
  return timeseries({
    ...exported,
    title: "Block writes by source",
    description:
      "Blocks written per second. Checkpoints should write most. If sessions write for long, they wait for these writes, because the buffers are too small for the changes.",
    unit: units.CountsPerSecond,
    width: 6,
    stacked: true,
    queries: [
      { query: blocks("buffersCheckpoint"), legend: "checkpoints" },
      { query: blocks("buffersCleaned"), legend: "background writer" },
      { query: blocks("buffersBackend"), legend: "sessions" },
    ],
  });
}
