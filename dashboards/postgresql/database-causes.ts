import { logLines, type Panel } from "../../kit/dashboards/panels";
import type { List } from "../../kit/lists";
import type { Lines } from "../../logs/log-store";
import { loki } from "../../logs/loki-store";
import type { Environment } from "../../settings/environment";

/** Error lines of the ERP that name its database layer. */
export function sqlErrors(namespace: string): Lines {
  return { namespaces: [namespace], apps: "erp-api|erp-worker", contains: "sqlalchemy|psycopg", only: "errors" };
}

/** SQL errors of the ERP, and the log of PostgreSQL if it runs in the cluster. */
export function causes({ erp }: Pick<Environment, "erp">): List<Panel> {
  return [lastErrors(), erp.inCluster && serverLog()];
}

function lastErrors(): Panel {
  return logLines({
    title: "Last SQL errors",
    description:
      "The newest error lines of the API and the workers that name the database layer. `QueuePool limit` means that the pool is empty, QueryCanceled that a statement took longer than statement_timeout, DeadlockDetected and LockNotAvailable that transactions block each other, and OperationalError that there is no connection.",
    width: 24,
    query: loki.lines(sqlErrors("$namespace")),
    empty: "no SQL errors",
  });
}

function serverLog(): Panel {
  return logLines({
    title: "PostgreSQL log",
    description:
      "Log of the PostgreSQL server. It shows refused logins, deadlocks with both statements, checkpoints, and crashes.",
    width: 24,
    query: loki.lines({ namespaces: ["$namespace"], app: "postgresql", contains: "ERROR|FATAL|PANIC|LOG" }),
    empty: "no lines",
  });
}
