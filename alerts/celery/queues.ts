import type { Environment } from "../../config/environment";
import type { Alert } from "../../kit/alerts/alert";
import { celeryBeatSilent } from "./celery-beat-silent";
import { celeryExporterDeaf } from "./celery-exporter-deaf";
import { celeryQueueGrowing } from "./celery-queue-growing";
import { celeryQueueLong } from "./celery-queue-long";
import { celeryQueueWithoutWorkers } from "./celery-queue-without-workers";
import { celeryRetryStorm } from "./celery-retry-storm";
import { celeryTasksFailing } from "./celery-tasks-failing";
import { celeryTasksSlow } from "./celery-tasks-slow";
import { celeryTasksStuck } from "./celery-tasks-stuck";

/** Whether what is sent to a queue is done, soon and well. */
export function queues({ erp }: Pick<Environment, "erp">): readonly Alert[] {
  return [
    celeryTasksStuck(erp.celery),
    celeryQueueLong,
    celeryQueueGrowing,
    celeryQueueWithoutWorkers,
    celeryTasksFailing,
    celeryRetryStorm,
    celeryTasksSlow,
    celeryBeatSilent,
    celeryExporterDeaf,
  ];
}
