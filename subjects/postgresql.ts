import { postgresqlArchivingFails } from "../alerts/postgresql/postgresql-archiving-fails";
import { postgresqlBackupOld } from "../alerts/postgresql/postgresql-backup-old";
import { postgresqlConnectionsExhausted } from "../alerts/postgresql/postgresql-connections-exhausted";
import { postgresqlConnectionsHigh } from "../alerts/postgresql/postgresql-connections-high";
import { postgresqlDeadlocks } from "../alerts/postgresql/postgresql-deadlocks";
import { postgresqlDown } from "../alerts/postgresql/postgresql-down";
import { postgresqlLockWaits } from "../alerts/postgresql/postgresql-lock-waits";
import { postgresqlLongTransaction } from "../alerts/postgresql/postgresql-long-transaction";
import { postgresqlReplicaBehind } from "../alerts/postgresql/postgresql-replica-behind";
import { postgresqlSlotRetainsWal } from "../alerts/postgresql/postgresql-slot-retains-wal";
import { postgresqlSlotUnused } from "../alerts/postgresql/postgresql-slot-unused";
import { postgresqlStatisticsMissing } from "../alerts/postgresql/postgresql-statistics-missing";
import { postgresqlWraparoundImminent } from "../alerts/postgresql/postgresql-wraparound-imminent";
import { postgresqlWraparoundNear } from "../alerts/postgresql/postgresql-wraparound-near";
import { databaseDashboard } from "../dashboards/postgresql/database-dashboard";
import { alertOr } from "../kit/alerts/switched-off";
import { baseBackup, postgresql as metrics, postgresqlJob } from "../metrics/postgresql/postgresql-metrics";
import { images } from "../settings/versions";
import { imageVersion } from "./program-versions";
import type { Subject } from "./subject";

/** PostgreSQL: the ERP's database. */
export const postgresql: Subject = {
  name: "postgresql",
  server: "PostgreSQL",
  causes: ["postgresql", "postgresql-connections", "postgresql-locks", "postgresql-wraparound"],
  jobs: () => [postgresqlJob],
  metrics: ({ environment: { erp } }) => [metrics, erp.postgresql.backup && baseBackup(erp.postgresql.backup.metric)],
  alerts: ({ environment }) => [
    postgresqlDown,
    postgresqlStatisticsMissing,
    postgresqlConnectionsExhausted,
    postgresqlConnectionsHigh,
    postgresqlLongTransaction,
    postgresqlLockWaits,
    postgresqlDeadlocks,
    postgresqlWraparoundImminent,
    postgresqlWraparoundNear,
    postgresqlArchivingFails,
    alertOr(
      postgresqlBackupOld(environment),
      "PostgresqlBackupOld",
      "the environment does not set `erp.postgresql.backup`",
    ),
    postgresqlSlotUnused,
    postgresqlSlotRetainsWal,
    postgresqlReplicaBehind,
  ],
  dashboards: (catalogued) => [databaseDashboard(catalogued)],
  exporter: ({ erp }) => ({
    job: postgresqlJob,
    image: images.postgresExporter,
    // See docs/decisions/postgresql-exporter.md.
    args: ["--collector.postmaster", "--collector.database_wraparound", "--collection-timeout=5s"],
    env: { DATA_SOURCE_NAME: erp.postgresql.exporterSecret, PGAPPNAME: postgresqlJob.name, PGCONNECT_TIMEOUT: "3" },
    port: 9187,
    pod: erp.postgresql.exporterPod,
  }),
  erpVariables: ({ erp }) => ({
    DATABASE_URL: erp.postgresql.secret,
    DATABASE_POOL_SIZE: String(erp.postgresql.pool.size),
    DATABASE_MAX_OVERFLOW: String(erp.postgresql.pool.overflow),
  }),
  evidence: [{ source: postgresqlJob.name, version: () => imageVersion(images.postgresExporter) }],
  eventSeries: {
    pg_replication_slots_active: "a replication slot",
    pg_replication_slots_pg_wal_lsn_diff: "a replication slot",
    pg_stat_replication_pg_wal_lsn_diff: "a replica that connects",
    'pg_stat_activity_count{wait_event_type="Lock",application_name!="postgresql-exporter"}':
      "a session that waits for a lock",
  },
};
