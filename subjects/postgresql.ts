import { postgresqlConnectionsExhausted } from "../alerts/postgresql/postgresql-connections-exhausted";
import { postgresqlConnectionsHigh } from "../alerts/postgresql/postgresql-connections-high";
import { postgresqlDeadlocks } from "../alerts/postgresql/postgresql-deadlocks";
import { postgresqlDown } from "../alerts/postgresql/postgresql-down";
import { postgresqlLockWaits } from "../alerts/postgresql/postgresql-lock-waits";
import { postgresqlLongTransaction } from "../alerts/postgresql/postgresql-long-transaction";
import { postgresqlStatisticsMissing } from "../alerts/postgresql/postgresql-statistics-missing";
import { postgresqlWraparoundImminent } from "../alerts/postgresql/postgresql-wraparound-imminent";
import { postgresqlWraparoundNear } from "../alerts/postgresql/postgresql-wraparound-near";
import { databaseDashboard } from "../dashboards/postgresql/database-dashboard";
import { postgresql as metrics, postgresqlJob } from "../metrics/postgresql/postgresql-metrics";
import { images } from "../settings/versions";
import { imageVersion } from "./program-versions";
import type { Subject } from "./subject";

/** PostgreSQL: the ERP's database. */
export const postgresql: Subject = {
  name: "postgresql",
  server: "PostgreSQL",
  causes: ["postgresql", "postgresql-connections", "postgresql-locks", "postgresql-wraparound"],
  jobs: () => [postgresqlJob],
  metrics: () => [metrics],
  alerts: () => [
    postgresqlDown,
    postgresqlStatisticsMissing,
    postgresqlConnectionsExhausted,
    postgresqlConnectionsHigh,
    postgresqlLongTransaction,
    postgresqlLockWaits,
    postgresqlDeadlocks,
    postgresqlWraparoundImminent,
    postgresqlWraparoundNear,
  ],
  dashboards: (catalogued) => [databaseDashboard(catalogued)],
  exporter: ({ erp }) => ({
    job: postgresqlJob,
    image: images.postgresExporter,
    // See docs/decisions/postgresql-exporter.md.
    args: ["--collector.postmaster", "--collector.database_wraparound", "--collection-timeout=5s"],
    env: { DATA_SOURCE_NAME: erp.postgresql.exporterSecret, PGAPPNAME: postgresqlJob.name, PGCONNECT_TIMEOUT: "3" },
    port: 9187,
  }),
  erpVariables: ({ erp }) => ({
    DATABASE_URL: erp.postgresql.secret,
    DATABASE_POOL_SIZE: String(erp.postgresql.pool.size),
    DATABASE_MAX_OVERFLOW: String(erp.postgresql.pool.overflow),
  }),
  evidence: [{ source: postgresqlJob.name, version: () => imageVersion(images.postgresExporter) }],
  eventSeries: {
    'pg_stat_activity_count{wait_event_type="Lock",application_name!="postgresql-exporter"}':
      "a session that waits for a lock",
  },
};
