import { databasePool } from "../erp-processes/database-pool-metrics";
import { erpService } from "../erp-processes/service-layer-metrics";
import { jobs } from "../jobs";

/** What a Celery worker says of itself. */
export const erpWorker = {
  ...erpService(jobs.erpWorker),
  ...databasePool(jobs.erpWorker, "worker"),
};
