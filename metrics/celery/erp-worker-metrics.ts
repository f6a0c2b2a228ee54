import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { databasePool } from "../erp-processes/database-pool-metrics";
import { erpService } from "../erp-processes/service-layer-metrics";
import { erpJob } from "../scrape-jobs";

export const erpWorkerJob = erpJob("erp-worker", "metrics");

const { gauge } = source(erpWorkerJob);

/** Metrics that a Celery worker exposes about itself. */
export const erpWorker = {
  ...erpService(erpWorkerJob),
  ...databasePool(erpWorkerJob, "worker"),
  reportSucceeded: gauge("erp_report_last_success_timestamp_seconds", ["report"], {
    help: "Unix time of the last success of a report. Before the first success, the time from which it is expected.",
    values: { report: open("the ERP's image defines the reports", ["nightly"]) },
    sample: { report: "nightly" },
  }),
};
