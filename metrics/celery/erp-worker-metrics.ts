import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { databasePool } from "../erp-processes/database-pool-metrics";
import { erpService } from "../erp-processes/service-layer-metrics";
import { erpJob } from "../scrape-jobs";

export const erpWorkerJob = erpJob("erp-worker", "metrics");

const { gauge } = source(erpWorkerJob);

/** What a Celery worker says of itself. */
export const erpWorker = {
  ...erpService(erpWorkerJob),
  ...databasePool(erpWorkerJob, "worker"),
  reportSucceeded: gauge("erp_report_last_success_timestamp_seconds", ["report"], {
    help: "When a report last succeeded, in Unix time; before the first time, when it began to be expected.",
    values: { report: open("the ERP's image decides which reports it has", ["nightly"]) },
    sample: { report: "nightly" },
  }),
};
