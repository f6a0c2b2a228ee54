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
  outboxWaiting: gauge("erp_outbox_waiting_messages", [], {
    help: "Tasks in the outbox that the broker has not accepted yet. Every worker exposes the same number.",
  }),
  outboxOldestAge: gauge("erp_outbox_oldest_message_age_seconds", [], {
    help: "Age of the oldest task in the outbox that the broker has not accepted yet, in seconds. 0 if there is none.",
  }),
};
