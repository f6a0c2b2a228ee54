import { databasePool } from "./database-pool";
import { erpService } from "./erp-service";
import { jobs } from "./jobs";

/** What a Celery worker says of itself. */
export const erpWorker = {
  ...erpService(jobs.erpWorker),
  ...databasePool(jobs.erpWorker, "worker"),
};
