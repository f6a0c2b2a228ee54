import { closed, open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { exporterJob } from "../scrape-jobs";

export const postgresqlJob = exporterJob("postgresql-exporter");

/** https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW */
const { counter, gauge } = source(postgresqlJob, {
  datname: open("the server has databases of others too", ["erp", "postgres", "template0", "template1"]),
  application_name: open("clients choose it", ["erp-api", "erp-worker", "pg_dump", "postgresql-exporter"]),
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
    "a session that waits for it": ["Activity", "BufferPin", "Extension", "IO", "IPC", "Lock", "LWLock", "Timeout"],
  }),
});

const server = "10.0.0.3:5432";
/** A state that no session of a database is in has one series of value 0, without the labels that are optional here. */
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
  /** Physical slots belong to no database. */
  labels: ["slot_name", "database?", "server"],
  sample: { slot_name: "replica", server },
} as const;

/** Since it was last told to forget its statistics. */
function databaseCounter(name: string, help: string) {
  return counter(`pg_stat_database_${name}`, database, { help, sample: typicalDatabase });
}

/** PostgreSQL 17 moved some of these elsewhere; see docs/decisions/postgresql-exporter.md. */
function bgwriterCounter(name: string, help: string) {
  return counter(`pg_stat_bgwriter_${name}_total`, [], { help });
}

/**
 * The time of the newest base backup. Whatever exposes it: a query that sums its labels away needs to know none of them.
 */
export function baseBackup(metric: string) {
  return {
    baseBackup: gauge(metric, [], {
      help: "Time of the newest base backup, in Unix time, as the environment names it.",
      unit: "time",
    }),
  };
}

/**
 * PostgreSQL as its exporter sees it. The sessions come over a connection that the exporter keeps, and all else over a
 * new one for each scrape: where new ones are refused, the sessions are still there.
 */
export const postgresql = {
  up: gauge("pg_up", [], { help: "1 when the last scrape reached PostgreSQL." }),
  startTime: gauge("pg_postmaster_start_time_seconds", [], {
    help: "When PostgreSQL was started, in Unix time.",
  }),
  collectorSuccess: gauge("pg_scrape_collector_success", ["collector"], {
    help: "1 when this part of the last scrape succeeded; absent when no connection was to be had.",
    sample: { collector: "wal" },
  }),

  sessions: gauge("pg_stat_activity_count", session, {
    help: "Sessions, without the one that asks.",
    sample: typicalSession,
  }),
  longestTransaction: gauge("pg_stat_activity_max_tx_duration", session, {
    help: "Age of the oldest transaction among these sessions.",
    unit: "seconds",
    sample: typicalSession,
  }),
  maxConnections: gauge("pg_settings_max_connections", ["server"], {
    help: "Sessions that PostgreSQL admits.",
    sample: { server },
  }),
  reservedConnections: gauge("pg_settings_superuser_reserved_connections", ["server"], {
    help: "Of these, the ones that are kept for superusers.",
    sample: { server },
  }),
  activeTime: databaseCounter("active_time_seconds_total", "Time that sessions spent on statements."),

  commits: databaseCounter("xact_commit", "Transactions that were committed."),
  rollbacks: databaseCounter("xact_rollback", "Transactions that were rolled back."),
  deadlocks: databaseCounter("deadlocks", "Deadlocks, each of which failed a transaction."),
  rowsInserted: databaseCounter("tup_inserted", "Rows that were inserted."),
  rowsUpdated: databaseCounter("tup_updated", "Rows that were updated."),
  rowsDeleted: databaseCounter("tup_deleted", "Rows that were deleted."),
  rowsScanned: databaseCounter(
    "tup_returned",
    "Live rows that scans of tables, and entries that scans of indexes, came across.",
  ),
  rowsFetched: databaseCounter("tup_fetched", "Live rows that were found by an index."),
  locks: gauge("pg_locks_count", ["datname", "mode"], {
    help: "Locks that are held or waited for.",
    sample: { datname: "erp", mode: "accessexclusivelock" },
  }),

  blocksHit: databaseCounter("blks_hit", "Blocks that PostgreSQL had in its buffers."),
  blocksRead: databaseCounter("blks_read", "Blocks that it asked the operating system for."),
  temporaryBytes: databaseCounter("temp_bytes", "Written to files because a sort or hash exceeded work_mem."),
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
    help: "Tries to archive a file that failed; the same file is tried again, and no other before it.",
    sample: { server },
  }),
  slotActive: gauge("pg_replication_slots_active", slot.labels, {
    unit: "flag",
    help: "1 while somebody reads from a replication slot; absent without slots.",
    sample: slot.sample,
  }),
  slotRetained: gauge("pg_replication_slots_pg_wal_lsn_diff", slot.labels, {
    help: "What PostgreSQL keeps of the write-ahead log for the reader of a slot.",
    unit: "bytes",
    sample: slot.sample,
  }),
  replicaBehind: gauge(
    "pg_stat_replication_pg_wal_lsn_diff",
    ["application_name", "client_addr", "slot_name", "state", "server"],
    {
      help: "What a replica that is connected has not replayed yet; its label slot_name is the number of a process.",
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
  checkpointsTimed: bgwriterCounter("checkpoints_timed", "Checkpoints that were due."),
  checkpointsRequested: bgwriterCounter("checkpoints_req", "Checkpoints that came early, because much was written."),
  buffersCheckpoint: bgwriterCounter("buffers_checkpoint", "Blocks that checkpoints wrote."),
  buffersCleaned: bgwriterCounter("buffers_clean", "Blocks that the background writer wrote ahead."),
  buffersBackend: bgwriterCounter("buffers_backend", "Blocks that sessions had to write themselves."),

  deadRows: gauge("pg_stat_user_tables_n_dead_tup", table, { help: "Rows that wait for vacuum, as estimated." }),
  liveRows: gauge("pg_stat_user_tables_n_live_tup", table, { help: "Rows that are there, as estimated." }),
  rowsReadSequentially: counter("pg_stat_user_tables_seq_tup_read", table, {
    help: "Rows that scans of the whole table read.",
  }),
  autovacuums: counter("pg_stat_user_tables_autovacuum_count", table, { help: "Times that autovacuum went through." }),
  tableSize: gauge("pg_stat_user_tables_table_size_bytes", table, {
    help: "Disk space of a table without its indexes.",
  }),
  indexSize: gauge("pg_stat_user_tables_index_size_bytes", table, {
    help: "Disk space of a table's indexes.",
  }),
  transactionAge: gauge("pg_database_wraparound_age_datfrozenxid_seconds", ["datname"], {
    help: "Transactions, not seconds, since the oldest one that is not frozen.",
    unit: "count",
    sample: { datname: "erp" },
  }),
  multixactAge: gauge("pg_database_wraparound_age_datminmxid_seconds", ["datname"], {
    help: "The same of multixacts, which are rows that several transactions lock.",
    unit: "count",
    sample: { datname: "erp" },
  }),
};
