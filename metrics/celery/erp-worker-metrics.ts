import { databasePool } from "../erp-processes/database-pool-metrics";
import { erpService } from "../erp-processes/service-layer-metrics";
import { erpJob } from "../scrape-jobs";

export const erpWorkerJob = erpJob("erp-worker", "metrics");

/** What a Celery worker says of itself. */
export const erpWorker = {
  ...erpService(erpWorkerJob),
  ...databasePool(erpWorkerJob, "worker"),
};
