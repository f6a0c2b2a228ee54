import type { Environment } from "../config/environment";
import type { Alert } from "../kit/alerts/alert";
import type { Catalogue } from "../metrics/catalogue";
import { autoscales } from "../metrics/conditions";
import { celeryNoWorkers } from "./celery/celery-no-workers";
import { queues } from "./celery/queues";
import { elasticsearchClusterRed, elasticsearchClusterYellow, elasticsearchDown } from "./elasticsearch/availability";
import { elasticsearchDiskLow, elasticsearchHeapHigh, elasticsearchRejects } from "./elasticsearch/saturation";
import { erpDown } from "./erp-api/erp-down";
import { erpNewException } from "./erp-api/erp-new-exception";
import { erpPodsUnavailable } from "./erp-api/erp-pods-unavailable";
import { erpRequestsPileUp } from "./erp-api/erp-requests-pile-up";
import { erpRouteFails } from "./erp-api/erp-route-fails";
import { erpRouteSlow } from "./erp-api/erp-route-slow";
import { businessAlerts } from "./erp-business/business";
import { healthChecks } from "./erp-health-checks/health-checks";
import { erpDatabaseConnectionsAwaited, erpDatabasePoolNearlyExhausted } from "./erp-processes/application-pool";
import { erpOpenFilesHigh } from "./erp-processes/erp-open-files-high";
import { erpServiceFunctionSlow } from "./erp-processes/erp-service-function-slow";
import { sloAlerts } from "./erp-slos/alerts";
import { containerMemoryNearLimit } from "./kubernetes/container-memory-near-limit";
import { containerOutOfMemory } from "./kubernetes/container-out-of-memory";
import { erpAutoscalerAtMaximum } from "./kubernetes/erp-autoscaler-at-maximum";
import { erpJobFailed } from "./kubernetes/erp-job-failed";
import { podCrashLooping } from "./kubernetes/pod-crash-looping";
import { podNotReady } from "./kubernetes/pod-not-ready";
import { volumeAlmostFull, volumeFillingUp } from "./kubernetes/volumes";
import { nodes } from "./nodes/nodes";
import { postgresqlDown, postgresqlStatisticsMissing } from "./postgresql/availability";
import { postgresqlConnectionsExhausted, postgresqlConnectionsHigh } from "./postgresql/connections";
import { postgresqlDeadlocks, postgresqlLockWaits, postgresqlLongTransaction } from "./postgresql/locks";
import { postgresqlWraparoundImminent, postgresqlWraparoundNear } from "./postgresql/wraparound";
import { logging, monitoring } from "./prometheus/platform";
import { erpTargetsDown, platformTargetsDown } from "./prometheus/targets-down";
import { redisDown, redisUnobserved } from "./redis/availability";
import { redisEvictsTasks } from "./redis/redis-evicts-tasks";
import { redisClientsNearLimit, redisMemoryHigh } from "./redis/saturation";
import { redisPersistenceFails, redisRefusesWrites } from "./redis/writes";

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
