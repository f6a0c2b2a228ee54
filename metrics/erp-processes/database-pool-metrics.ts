import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";

/** The pool from which one of the ERP's processes takes its connections to PostgreSQL. */
export function databasePool(job: Job, pool: "api" | "worker") {
  const { gauge, histogram } = source(job);
  const values = { pool: [pool] };
  const sample = { pool };
  return {
    poolConnections: gauge("erp_db_pool_connections", ["pool", "state"], {
      help: "Connections of the pool that are open.",
      values: { ...values, state: ["checked_out", "idle"] },
      sample: { ...sample, state: "checked_out" },
    }),
    poolMaxConnections: gauge("erp_db_pool_max_connections", ["pool"], {
      help: "Connections that it may open.",
      values,
      sample,
    }),
    poolWait: histogram("erp_db_pool_checkout_wait_seconds", ["pool"], {
      help: "How long a connection was waited for, opening a new one included, and also where the wait ended in vain.",
      bounds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      values,
      sample,
    }),
  };
}
