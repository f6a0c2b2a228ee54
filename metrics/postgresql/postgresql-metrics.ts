import { closed, open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { exporterJob } from "../scrape-jobs";

export const postgresqlJob = exporterJob("postgresql-exporter");

/** https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW */
const { counter, gauge } = source(postgresqlJob, {
  datname: open("the server may have other databases", ["erp", "postgres", "template0", "template1"]),
  application_name: open("clients choose their names", ["erp-api", "erp-worker", "pg_dump", "postgresql-exporter"]),
  backend_type: open("extensions add their own", ["client backend", "autovacuum worker", "parallel worker"]),
  state: closed([
    "active",
    "idle",
    "idle in transaction",
    "idle in transaction (aborted)",
    "fastpath function call",
    "disabled",
  ]),
  wait_event_type: closed(["Client"], {
    "a session that waits for this type of event": [
      "Activity",
      "BufferPin",
      "Extension",
      "IO",
      "IPC",
      "Lock",
      "LWLock",
      "Timeout",
    ],
  }),
});

const server = "10.0.0.3:5432";
/**
 * Labels of sessions. If no session of a database is in a state, there is one series with the value 0 and without the
 * optional labels.
 */
const session = [
  "datname",
  "state",
  "usename?",
  "application_name?",
  "backend_type?",
  "wait_event_type?",
  "wait_event?",
  "server",
];
const typicalSession = {
  datname: "erp",
  state: "active",
  usename: "erp",
  application_name: "erp-api",
  backend_type: "client backend",
  server,
};
const database = ["datid", "datname"];
const typicalDatabase = { datid: "16385", datname: "erp" };
const table = ["datname", "schemaname", "relname"];
const slot = {
  /** Physical slots do not belong to a database. */
  labels: ["slot_name", "database?", "server"],
  sample: { slot_name: "replica", server },
} as const;

/** A counter since the last reset of the database's statistics. */
function databaseCounter(name: string, help: string) {
  return counter(`pg_stat_database_${name}`, database, { help, sample: typicalDatabase });
}

/** A counter of the background writer. PostgreSQL 17 moved some of these; see docs/decisions/postgresql-exporter.md. */
function bgwriterCounter(name: string, help: string) {
  return counter(`pg_stat_bgwriter_${name}_total`, [], { help });
}

/** Time of the newest base backup. Any program may expose it: queries aggregate all its labels. */
export function baseBackup(metric: string) {
  return {
    baseBackup: gauge(metric, [], {
      help: "Unix time of the newest base backup. The environment sets the name of this metric.",
      unit: "time",
    }),
  };
}

/**
 * Metrics of PostgreSQL from its exporter. Sessions are read over a connection that the exporter keeps open, and all
 * other metrics over a new connection for each scrape. When PostgreSQL refuses new connections, the metrics of sessions
 * are still exposed.
 */
export const postgresql = {
  up: gauge("pg_up", [], { help: "1 if the exporter reached PostgreSQL at the last scrape." }),
  startTime: gauge("pg_postmaster_start_time_seconds", [], {
    help: "Unix time at which PostgreSQL started.",
  }),
  collectorSuccess: gauge("pg_scrape_collector_success", ["collector"], {
    help: "1 if this collector succeeded at the last scrape. Absent if there was no connection.",
    sample: { collector: "wal" },
  }),

  sessions: gauge("pg_stat_activity_count", session, {
    help: "Sessions, without the one of the query itself.",
    sample: typicalSession,
  }),
  longestTransaction: gauge("pg_stat_activity_max_tx_duration", session, {
    help: "Age of the oldest transaction among these sessions.",
    unit: "seconds",
    sample: typicalSession,
  }),
  maxConnections: gauge("pg_settings_max_connections", ["server"], {
    help: "Connections that PostgreSQL allows.",
    sample: { server },
  }),
  reservedConnections: gauge("pg_settings_superuser_reserved_connections", ["server"], {
    help: "Connections that are reserved for superusers.",
    sample: { server },
  }),
  activeTime: databaseCounter("active_time_seconds_total", "Time that sessions spent on statements."),

  commits: databaseCounter("xact_commit", "Transactions that were committed."),
  rollbacks: databaseCounter("xact_rollback", "Transactions that were rolled back."),
  deadlocks: databaseCounter("deadlocks", "Deadlocks, each of which aborted a transaction."),
  rowsInserted: databaseCounter("tup_inserted", "Rows that were inserted."),
  rowsUpdated: databaseCounter("tup_updated", "Rows that were updated."),
  rowsDeleted: databaseCounter("tup_deleted", "Rows that were deleted."),
  rowsScanned: databaseCounter(
    "tup_returned",
    "Live rows read by table scans, and index entries returned by index scans.",
  ),
  rowsFetched: databaseCounter("tup_fetched", "Live rows fetched by index scans."),
  locks: gauge("pg_locks_count", ["datname", "mode"], {
    help: "Locks that sessions hold or wait for.",
    sample: { datname: "erp", mode: "accessexclusivelock" },
  }),

  blocksHit: databaseCounter("blks_hit", "Blocks that were found in PostgreSQL's buffers."),
  blocksRead: databaseCounter("blks_read", "Blocks that PostgreSQL read from the operating system."),
  temporaryBytes: databaseCounter(
    "temp_bytes",
    "Bytes written to temporary files because a sort or hash exceeded work_mem.",
  ),
  databaseSize: gauge("pg_database_size_bytes", ["datname"], {
    help: "Disk space of a database.",
    sample: { datname: "erp" },
  }),
  walSize: gauge("pg_wal_size_bytes", [], { help: "Disk space of the write-ahead log." }),
  walArchived: counter("pg_stat_archiver_archived_count", ["server"], {
    help: "Files of the write-ahead log that were archived.",
    sample: { server },
  }),
  walArchivingFailures: counter("pg_stat_archiver_failed_count", ["server"], {
    help: "Failed attempts to archive a file. The same file is retried before any other.",
    sample: { server },
  }),
  slotActive: gauge("pg_replication_slots_active", slot.labels, {
    unit: "flag",
    help: "1 while a replication slot has a reader. Absent without slots.",
    sample: slot.sample,
  }),
  slotRetained: gauge("pg_replication_slots_pg_wal_lsn_diff", slot.labels, {
    help: "Size of the write-ahead log that PostgreSQL keeps for the reader of a slot.",
    unit: "bytes",
    sample: slot.sample,
  }),
  replicaBehind: gauge(
    "pg_stat_replication_pg_wal_lsn_diff",
    ["application_name", "client_addr", "slot_name", "state", "server"],
    {
      help: "Size of the write-ahead log that a connected replica has not replayed yet. The label slot_name contains a process ID.",
      unit: "bytes",
      values: {
        state: closed(["streaming"], {
          "a replica that starts or catches up, and a base backup": ["startup", "catchup", "backup", "stopping"],
        }),
      },
      sample: {
        application_name: "walreceiver",
        client_addr: "10.0.0.4",
        slot_name: "4711",
        state: "streaming",
        server,
      },
    },
  ),
  checkpointsTimed: bgwriterCounter("checkpoints_timed", "Checkpoints that were scheduled."),
  checkpointsRequested: bgwriterCounter("checkpoints_req", "Checkpoints that started early because much was written."),
  buffersCheckpoint: bgwriterCounter("buffers_checkpoint", "Blocks that checkpoints wrote."),
  buffersCleaned: bgwriterCounter("buffers_clean", "Blocks that the background writer wrote."),
  buffersBackend: bgwriterCounter("buffers_backend", "Blocks that sessions had to write themselves."),

  deadRows: gauge("pg_stat_user_tables_n_dead_tup", table, { help: "Dead rows that wait for vacuum (estimate)." }),
  liveRows: gauge("pg_stat_user_tables_n_live_tup", table, { help: "Live rows (estimate)." }),
  rowsReadSequentially: counter("pg_stat_user_tables_seq_tup_read", table, {
    help: "Rows that sequential scans read.",
  }),
  autovacuums: counter("pg_stat_user_tables_autovacuum_count", table, { help: "Autovacuum runs on the table." }),
  tableSize: gauge("pg_stat_user_tables_table_size_bytes", table, {
    help: "Disk space of a table without its indexes.",
  }),
  indexSize: gauge("pg_stat_user_tables_index_size_bytes", table, {
    help: "Disk space of a table's indexes.",
  }),
  transactionAge: gauge("pg_database_wraparound_age_datfrozenxid_seconds", ["datname"], {
    help: "Number of transactions (not seconds) since the oldest one that is not frozen.",
    unit: "count",
    sample: { datname: "erp" },
  }),
  multixactAge: gauge("pg_database_wraparound_age_datminmxid_seconds", ["datname"], {
    help: "Number of multixacts (not seconds) since the oldest one. A multixact is created when several transactions lock a row.",
    unit: "count",
    sample: { datname: "erp" },
  }),
};
