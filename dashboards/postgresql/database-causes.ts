import { logLines, type Panel } from "../../kit/dashboards/panels";
import type { List } from "../../kit/lists";
import { logql } from "../../kit/queries/query";
import type { Environment } from "../../settings/environment";

/** Lines of the ERP in which its database layer speaks. */
export const sqlErrors =
  '{namespace="$namespace",app=~"erp-api|erp-worker"} |~ "sqlalchemy|psycopg" | json | level=~"ERROR|CRITICAL"';

/** What the ERP says of the database, and what the database says of itself where it runs beside the ERP. */
export function causes({ erp }: Pick<Environment, "erp">): List<Panel> {
  return [lastErrors(), erp.inCluster && serverLog()];
}

function lastErrors(): Panel {
  return logLines({
    title: "Last SQL errors",
    description:
      "The newest error lines of API and workers that name the database layer. QueuePool limit: the pool is empty. QueryCanceled: slower than statement_timeout. DeadlockDetected, LockNotAvailable: each other. OperationalError: no connection.",
    width: 24,
    query: logql`${sqlErrors}`,
    empty: "no SQL errors",
  });
}

function serverLog(): Panel {
  return logLines({
    title: "Log of PostgreSQL",
    description:
      "What the server says of itself: refused logins, deadlocks with both statements, checkpoints, crashes.",
    width: 24,
    query: logql`{namespace="$namespace",app="postgresql"} |~ "ERROR|FATAL|PANIC|LOG"`,
    empty: "no lines",
  });
}
