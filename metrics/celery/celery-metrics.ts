import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { exporterJob } from "../scrape-jobs";

export const celeryJob = exporterJob("celery-exporter");

const { counter, gauge, histogram } = source(celeryJob, {
  name: open("the ERP's image defines the tasks", ["erp.heartbeat", "erp.reports.nightly_report"]),
  exception: open("tasks can raise any exception"),
});
const task = ["name", "hostname", "queue_name"];
const fromEvent = { sample: { name: "erp.invoices.create_invoice", hostname: "erp-worker-0", queue_name: "default" } };
const queue = { sample: { queue_name: "default" } };
const worker = { sample: { hostname: "erp-worker-0" } };

/**
 * Queue lengths from the broker, and counters of the events that workers and senders emit for tasks. A counter appears
 * with its first event, at 1 or more, so that `increase()` misses that event. See docs/decisions/celery-exporter.md.
 */
export const celery = {
  queueLength: gauge("celery_queue_length", ["queue_name"], {
    help: "Tasks that wait in the broker. Tasks that a worker has fetched, or keeps for a later retry, are not counted.",
    ...queue,
  }),
  workers: gauge("celery_active_worker_count", ["queue_name"], {
    help: "Workers that answered within a second and read this queue. Wrong for one scrape while workers are replaced.",
    ...queue,
  }),
  workerUp: gauge("celery_worker_up", ["hostname"], {
    help: "1 while the exporter receives events from a worker. After a worker was killed, it stays 1 for five minutes. For dashboards.",
    ...worker,
  }),
  active: gauge("celery_worker_tasks_active", ["hostname"], {
    help: "Tasks that a worker runs, according to its last heartbeat.",
    ...worker,
  }),
  sent: counter("celery_task_sent_total", task, {
    help: "Tasks that were put into a queue by the API, the scheduler or another task, or to be retried.",
    sample: { ...fromEvent.sample, hostname: "generic" },
  }),
  started: counter("celery_task_started_total", task, { help: "Runs that started. Each retry counts.", ...fromEvent }),
  succeeded: counter("celery_task_succeeded_total", task, { help: "Runs that succeeded.", ...fromEvent }),
  failed: counter("celery_task_failed_total", [...task, "exception?"], {
    help: "Tasks that failed for good. Series without an exception are 0 and exist from the task's first event.",
    sample: { ...fromEvent.sample, exception: "ValueError" },
  }),
  retried: counter("celery_task_retried_total", task, { help: "Runs that failed and are retried.", ...fromEvent }),
  rejected: counter("celery_task_rejected_total", task, {
    help: "Tasks that a worker returned to the broker.",
    ...fromEvent,
  }),
  revoked: counter("celery_task_revoked_total", task, {
    help: "Tasks that were revoked before they ran, or that expired in the queue.",
    ...fromEvent,
  }),
  runtime: histogram("celery_task_runtime", task, {
    help: "Duration of runs that succeeded. The largest bound is 10 s.",
    unit: "seconds",
    bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    ...fromEvent,
  }),
};
