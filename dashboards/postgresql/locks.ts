import * as units from "@grafana/grafana-foundation-sdk/units";
import { clients } from "../../alerts/postgresql/connections-used";
import { postgresqlLockWaits } from "../../alerts/postgresql/postgresql-lock-waits";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { postgresql } from "../../metrics/postgresql/postgresql-metrics";
import { exported, inDatabase, ofOthers } from "./database-queries";

/** Sessions that wait, and the locks. */
export function locks(): Panel[] {
  return [
    alertPanel(postgresqlLockWaits, { title: "Sessions waiting for locks", width: 8, legend: "{{datname}}" }),
    waitEvents(),
    byMode(),
  ];
}

function waitEvents(): Panel {
  const active = promql`sum by (wait_event_type) (${postgresql.sessions}{${inDatabase},${clients},${ofOthers},state="active"})`;
  return timeseries({
    ...exported,
    title: "Active sessions by wait event",
    description:
      "Sessions that execute a statement, at each scrape. They wait for the disk, often because the cache is too small (IO), for other transactions (Lock), for internal structures of PostgreSQL (LWLock), or for the ERP to read the rows (Client). Sessions with `none` do not wait: they compute.",
    unit: units.Short,
    width: 8,
    stacked: true,
    queries: [
      {
        query: promql`label_replace(${active}, "wait_event_type", "none", "wait_event_type", "")`,
        legend: "{{wait_event_type}}",
      },
    ],
  });
}

function byMode(): Panel {
  return timeseries({
    ...exported,
    title: "Locks by mode",
    description:
      "Locks that are held or waited for. If accessexclusivelock is held for more than a moment, a migration, VACUUM FULL or TRUNCATE blocks all access to a table. The other modes come and go with the work.",
    unit: units.Short,
    width: 8,
    queries: [{ query: promql`sum by (mode) (${postgresql.locks}{${inDatabase}}) > 0`, legend: "{{mode}}" }],
    empty: "no lock is held",
  });
}
