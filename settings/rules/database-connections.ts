import type { Environment } from "../environment";
import type { Rule } from "../rule";

/**
 * Rule on the number of database connections. With too few, new pods and growing pools get no connection, on the day
 * with the most users.
 */
export const databaseConnections: readonly Rule[] = [
  {
    at: "erp.postgresql.connections",
    reads: ["erp.api.scale", "erp.celery.worker", "erp.postgresql.pool"],
    broken: ({ erp }) => mostConnections(erp) > erp.postgresql.connections,
    rule: ({ erp }) =>
      `must be at least ${mostConnections(erp)}: \`pool.size\` + \`pool.overflow\` + 1 connections for each API pod, and the smaller of \`concurrency\` and the pool for each worker, with one more pod of each kind for rollouts, and ${others} connections for other programs`,
    remedy: "lower `erp.postgresql.pool` or `erp.api.scale.maxReplicas`, or allow more connections on the server",
  },
];

/** Connections of the exporter, of the migration, and of a pod that waits for the migration. */
const others = 3;

function mostConnections({ api, celery: { worker }, postgresql: { pool } }: Environment["erp"]): number {
  const pooled = pool.size + pool.overflow;
  const pods = "replicas" in api.scale ? api.scale.replicas : api.scale.maxReplicas;
  // The readiness probe of the API has its own connection.
  return (pods + 1) * (pooled + 1) + (worker.replicas + 1) * Math.min(worker.concurrency, pooled) + others;
}
