import type { Environment } from "../environment";
import type { Rule } from "../rule";

/** Beyond them, pods that start and pools that grow are refused: it shows on the day with the most users. */
export const databaseConnections: readonly Rule[] = [
  {
    at: "erp.postgresql.connections",
    reads: ["erp.api.scale", "erp.celery.worker", "erp.postgresql.pool"],
    broken: ({ erp }) => mostConnections(erp) > erp.postgresql.connections,
    rule: "must be enough for every pod at its most: each of the API `pool.size` + `pool.overflow` + 1, each worker its `concurrency` where the pool is not smaller, one more pod of both while they are rolled out, and 3",
    remedy: "lower `erp.postgresql.pool` or `erp.api.scale.maxReplicas`, or let the server admit more",
  },
];

/** The exporter's, the migration's, and that of a pod which waits for the migration. */
const others = 3;

function mostConnections({ api, celery: { worker }, postgresql: { pool } }: Environment["erp"]): number {
  const pooled = pool.size + pool.overflow;
  const pods = "replicas" in api.scale ? api.scale.replicas : api.scale.maxReplicas;
  // The API's readiness has one of its own.
  return (pods + 1) * (pooled + 1) + (worker.replicas + 1) * Math.min(worker.concurrency, pooled) + others;
}
