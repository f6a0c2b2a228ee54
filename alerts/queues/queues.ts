import type { Environment } from "../../config/environment";
import type { Alert } from "../alert";
import { celeryBeatSilent } from "./beat-silent";
import { celeryExporterDeaf } from "./exporter-deaf";
import { celeryQueueGrowing } from "./queue-growing";
import { celeryQueueLong } from "./queue-long";
import { celeryQueueWithoutWorkers } from "./queue-without-workers";
import { celeryRetryStorm } from "./retry-storm";
import { celeryTasksFailing } from "./tasks-failing";
import { celeryTasksSlow } from "./tasks-slow";
import { celeryTasksStuck } from "./tasks-stuck";

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
