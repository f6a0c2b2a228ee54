import { postgresqlArchivingFails } from "../../alerts/postgresql/postgresql-archiving-fails";
import { postgresqlBackupOld } from "../../alerts/postgresql/postgresql-backup-old";
import { postgresqlReplicaBehind } from "../../alerts/postgresql/postgresql-replica-behind";
import { postgresqlSlotRetainsWal } from "../../alerts/postgresql/postgresql-slot-retains-wal";
import { postgresqlSlotUnused } from "../../alerts/postgresql/postgresql-slot-unused";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import type { Panel } from "../../kit/dashboards/panels";
import type { List } from "../../kit/lists";
import type { Environment } from "../../settings/environment";

/** Backup, archive and replicas: the data that would be left if the server were lost. */
export function archiveAndReplicas(environment: Pick<Environment, "erp">): List<Panel> {
  const backup = postgresqlBackupOld(environment);
  return [
    backup && alertPanel(backup, { title: "Age of the newest base backup", width: 8, legend: "age" }),
    alertPanel(postgresqlArchivingFails, {
      title: "Failed archive attempts in 5 minutes",
      width: 8,
      empty: "not scraped",
    }),
    alertPanel(postgresqlReplicaBehind, {
      title: "Replication lag",
      width: 8,
      empty: "no replica",
    }),
    alertPanel(postgresqlSlotUnused, {
      title: "Active replication slots",
      width: 8,
      legend: "{{slot_name}} ({{namespace}})",
      empty: "no replication slot",
    }),
    alertPanel(postgresqlSlotRetainsWal, {
      title: "WAL kept for replication slots",
      width: 8,
      legend: "{{slot_name}} ({{namespace}})",
      empty: "no replication slot",
    }),
  ];
}
