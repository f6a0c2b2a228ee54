import type { Environment } from "../config/environment";
import type { Catalogue } from "../metrics/catalogue";
import { autoscales } from "../metrics/environment-parts";
import type { Alert } from "./alert";
import { celeryNoWorkers } from "./availability/celery";
import { elasticsearchClusterRed, elasticsearchClusterYellow, elasticsearchDown } from "./availability/elasticsearch";
import { erpDown } from "./availability/erp";
import { erpPodsUnavailable } from "./availability/pods";
import { postgresqlDown, postgresqlStatisticsMissing } from "./availability/postgresql";
import { redisDown, redisUnobserved } from "./availability/redis";
import { redisPersistenceFails, redisRefusesWrites } from "./availability/redis-writes";
import { erpTargetsDown, platformTargetsDown } from "./availability/targets";
import { businessAlerts } from "./business/business";
import { erpNewException } from "./errors/exceptions";
import { erpRouteFails } from "./errors/routes";
import { healthChecks } from "./health-checks/health-checks";
import { erpServiceFunctionSlow } from "./latency/functions";
import { erpRequestsPileUp } from "./latency/in-flight";
import { erpRouteSlow } from "./latency/routes";
import { nodes } from "./nodes/nodes";
import { logging, monitoring } from "./platform/platform";
import { queues } from "./queues/queues";
import { erpDatabaseConnectionsAwaited, erpDatabasePoolNearlyExhausted } from "./saturation/application-pool";
import { erpAutoscalerAtMaximum } from "./saturation/autoscaler";
import { containerMemoryNearLimit } from "./saturation/container-memory";
import { elasticsearchDiskLow, elasticsearchHeapHigh, elasticsearchRejects } from "./saturation/elasticsearch";
import { erpOpenFilesHigh } from "./saturation/open-files";
import { containerOutOfMemory } from "./saturation/out-of-memory";
import { postgresqlConnectionsExhausted, postgresqlConnectionsHigh } from "./saturation/postgresql-connections";
import { postgresqlDeadlocks, postgresqlLockWaits, postgresqlLongTransaction } from "./saturation/postgresql-locks";
import { postgresqlWraparoundImminent, postgresqlWraparoundNear } from "./saturation/postgresql-wraparound";
import { redisClientsNearLimit, redisMemoryHigh } from "./saturation/redis";
import { redisEvictsTasks } from "./saturation/redis-evictions";
import { volumeAlmostFull, volumeFillingUp } from "./saturation/volumes";
import { sloAlerts } from "./slo/alerts";
import { podCrashLooping } from "./workloads/crash-loop";
import { erpJobFailed } from "./workloads/jobs";
import { podNotReady } from "./workloads/pods";

/** What alerts may depend on: which parts an environment has, what it promises, and what its metrics are called. */
export interface Watched {
  readonly environment: Environment;
  readonly catalogue: Catalogue;
}

/** Alerts by topic. A topic is a group of rules: its name stands in Prometheus and in `rendered/`. */
export type Topics = Readonly<Record<string, readonly Alert[]>>;

/** About the ERP and what it depends on. What an environment does not have is not watched there. */
export function erpTopics({ environment, catalogue }: Watched): Topics {
  const searched = environment.erp.elasticsearch !== undefined;
  return {
    availability: [
      erpDown,
      celeryNoWorkers,
      erpPodsUnavailable,
      erpTargetsDown(catalogue),
      postgresqlDown,
      postgresqlStatisticsMissing,
      redisDown,
      redisUnobserved,
      redisRefusesWrites,
      redisPersistenceFails,
      ...(searched ? [elasticsearchDown, elasticsearchClusterRed, elasticsearchClusterYellow] : []),
    ],
    "health-checks": healthChecks(environment),
    business: Object.values(businessAlerts(catalogue) ?? {}),
    saturation: [
      postgresqlConnectionsExhausted,
      postgresqlConnectionsHigh,
      postgresqlLongTransaction,
      postgresqlLockWaits,
      postgresqlDeadlocks,
      postgresqlWraparoundImminent,
      postgresqlWraparoundNear,
      erpDatabasePoolNearlyExhausted,
      erpDatabaseConnectionsAwaited,
      redisMemoryHigh,
      redisClientsNearLimit,
      redisEvictsTasks,
      ...(searched ? [elasticsearchHeapHigh, elasticsearchDiskLow, elasticsearchRejects] : []),
    ],
    queues: queues(environment),
    workloads: [erpJobFailed, erpOpenFilesHigh, ...(autoscales(environment) ? [erpAutoscalerAtMaximum] : [])],
    slo: sloAlerts(environment, catalogue),
    errors: [erpRouteFails(catalogue), erpNewException(catalogue)].filter((alert) => alert !== undefined),
    latency: [erpRouteSlow(catalogue), erpServiceFunctionSlow, erpRequestsPileUp(catalogue)].filter(
      (alert) => alert !== undefined,
    ),
  };
}

/** About the cluster, and about what watches everything else. */
export function platformTopics({ environment, catalogue }: Watched): Topics {
  return {
    availability: [platformTargetsDown(catalogue)],
    saturation: [containerMemoryNearLimit, containerOutOfMemory, volumeFillingUp, volumeAlmostFull],
    workloads: [podCrashLooping, podNotReady],
    nodes: nodes(environment),
    monitoring: monitoring(environment),
    logging: logging(environment),
  };
}
