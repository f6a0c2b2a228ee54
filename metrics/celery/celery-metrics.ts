import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { exporterJob } from "../scrape-jobs";

export const celeryJob = exporterJob("celery-exporter");

const { counter, gauge, histogram } = source(celeryJob, {
  name: open("the ERP's image decides which tasks there are", ["erp.heartbeat", "erp.reports.nightly_report"]),
  exception: open("tasks can raise any exception"),
});
const task = ["name", "hostname", "queue_name"];
const heard = { sample: { name: "erp.invoices.create_invoice", hostname: "erp-worker-0", queue_name: "default" } };
const queue = { sample: { queue_name: "default" } };
const worker = { sample: { hostname: "erp-worker-0" } };

/**
 * Queues as they lie in the broker, and what workers and senders tell of their tasks. A counter of tasks appears with its
 * first event, at 1 or more, so that `increase()` misses that one. See docs/decisions/celery-exporter.md.
 */
export const celery = {
  queueLength: gauge("celery_queue_length", ["queue_name"], {
    help: "Tasks that wait in the broker. Those that a worker has taken, or holds for a later try, are not among them.",
    ...queue,
  }),
  workers: gauge("celery_active_worker_count", ["queue_name"], {
    help: "Workers that answered within a second and read this queue; wrong for one scrape while they come and go.",
    ...queue,
  }),
  workerUp: gauge("celery_worker_up", ["hostname"], {
    help: "1 while a worker is heard; one that was killed stays 1 for five minutes. For dashboards.",
    ...worker,
  }),
  active: gauge("celery_worker_tasks_active", ["hostname"], {
    help: "Tasks that a worker works on, as its heartbeat last said.",
    ...worker,
  }),
  sent: counter("celery_task_sent_total", task, {
    help: "Tasks that were put into a queue, by the API, the beat, another task or for another try.",
    sample: { ...heard.sample, hostname: "generic" },
  }),
  started: counter("celery_task_started_total", task, { help: "Runs that began, every try counted.", ...heard }),
  succeeded: counter("celery_task_succeeded_total", task, { help: "Runs that ended well.", ...heard }),
  failed: counter("celery_task_failed_total", [...task, "exception?"], {
    help: "Tasks that failed for good. Series without an exception are zeros, there from the task's first event on.",
    sample: { ...heard.sample, exception: "ValueError" },
  }),
  retried: counter("celery_task_retried_total", task, { help: "Runs that failed and will be tried again.", ...heard }),
  rejected: counter("celery_task_rejected_total", task, { help: "Tasks that a worker handed back.", ...heard }),
  revoked: counter("celery_task_revoked_total", task, {
    help: "Tasks that were taken back before they ran, or that waited for longer than they are worth.",
    ...heard,
  }),
  runtime: histogram("celery_task_runtime", task, {
    help: "How long a run took that ended well. Beyond 10 s it knows nothing.",
    unit: "seconds",
    bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    ...heard,
  }),
};
