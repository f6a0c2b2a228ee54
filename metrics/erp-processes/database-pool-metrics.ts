import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";

/** Metrics of the pool of connections to PostgreSQL in a process of the ERP. */
export function databasePool(job: Job, pool: "api" | "worker") {
  const { gauge, histogram } = source(job);
  const values = { pool: [pool] };
  const sample = { pool };
  return {
    poolConnections: gauge("erp_db_pool_connections", ["pool", "state"], {
      help: "Open connections of the pool.",
      values: { ...values, state: ["checked_out", "idle"] },
      sample: { ...sample, state: "checked_out" },
    }),
    poolMaxConnections: gauge("erp_db_pool_max_connections", ["pool"], {
      help: "Connections that the pool may open.",
      values,
      sample,
    }),
    poolWait: histogram("erp_db_pool_checkout_wait_seconds", ["pool"], {
      help: "Time until a process got a connection, including the time to open a new one. Waits that ended in an error are included.",
      bounds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      values,
      sample,
    }),
  };
}
