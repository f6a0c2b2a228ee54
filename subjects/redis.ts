import { redisClientsNearLimit } from "../alerts/redis/redis-clients-near-limit";
import { redisDown } from "../alerts/redis/redis-down";
import { redisEvictsTasks } from "../alerts/redis/redis-evicts-tasks";
import { redisMemoryHigh } from "../alerts/redis/redis-memory-high";
import { redisPersistenceFails } from "../alerts/redis/redis-persistence-fails";
import { redisRefusesWrites } from "../alerts/redis/redis-refuses-writes";
import { redisUnobserved } from "../alerts/redis/redis-unobserved";
import { redisDashboard } from "../dashboards/redis/redis-dashboard";
import { redis as metrics, redisJob } from "../metrics/redis/redis-metrics";
import { images } from "../settings/versions";
import { imageVersion } from "./program-versions";
import type { Subject } from "./subject";

/** Redis: the broker of Celery's tasks and the ERP's cache. */
export const redis: Subject = {
  name: "redis",
  server: "Redis",
  causes: ["redis", "redis-writes"],
  jobs: () => [redisJob],
  metrics: () => [metrics],
  alerts: () => [
    redisDown,
    redisUnobserved,
    redisRefusesWrites,
    redisPersistenceFails,
    redisMemoryHigh,
    redisClientsNearLimit,
    redisEvictsTasks,
  ],
  dashboards: (catalogued) => [redisDashboard(catalogued)],
  exporter: ({ erp }) => ({
    job: redisJob,
    image: images.redisExporter,
    args: [],
    env: { REDIS_ADDR: erp.redis.exporterSecret },
    port: 9121,
    healthPath: "/health",
    pod: erp.redis.exporterPod,
  }),
  erpVariables: ({ erp }) => ({ REDIS_URL: erp.redis.secret }),
  evidence: [{ source: redisJob.name, version: () => imageVersion(images.redisExporter) }],
  eventSeries: { 'redis_errors_total{err=~"OOM|MISCONF|READONLY|NOREPLICAS"}': "a write that Redis refused" },
};
