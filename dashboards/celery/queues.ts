import * as units from "@grafana/grafana-foundation-sdk/units";
import { celeryQueueGrowing } from "../../alerts/celery/celery-queue-growing";
import { celeryQueueLong } from "../../alerts/celery/celery-queue-long";
import { celeryTasksStuck } from "../../alerts/celery/celery-tasks-stuck";
import { erpOutboxStuck } from "../../alerts/celery/erp-outbox-stuck";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { celery, celeryJob } from "../../metrics/celery/celery-metrics";
import { erpWorker } from "../../metrics/celery/erp-worker-metrics";
import type { Inventory } from "../../metrics/inventory";

const scrapeSeconds = celeryJob.intervalSeconds;

/** Waiting tasks, how long they wait, and whether the queues grow. */
export function queues(): Panel[] {
  return [
    length(),
    alertPanel(celeryQueueLong, {
      title: "Wait time by queue",
      width: 12,
      // When many tasks arrive at once, the first estimates are hours. "Longest wait" shows a wait above the axis.
      max: (limit) => 2 * limit,
      empty: "tasks wait, and none starts",
    }),
    alertPanel(erpOutboxStuck, { title: "Oldest task not yet sent to the broker", width: 12, legend: "outbox" }),
    flow(),
  ];
}

/** Measures that the panels above show in another form. */
export function queueMeasures(inventory: Pick<Inventory, "environment">): Panel[] {
  return [
    alertPanel(celeryQueueGrowing, {
      title: "Tasks sent per task started",
      width: 8,
      empty: "no task starts",
    }),
    alertPanel(celeryTasksStuck(inventory), {
      title: "Task starts in queues with waiting tasks",
      width: 8,
      empty: "no task waits long",
    }),
  ];
}

function length(): Panel {
  return timeseries({
    title: "Waiting tasks by queue",
    description:
      "Tasks that wait for a worker in each queue, and tasks in the outbox, which the broker has not accepted yet. Tasks that wait for a retry are not counted. If a peak falls again, the workers have processed a burst of tasks. If a line rises steadily, add workers, or find the reason why they are slow.",
    unit: units.Short,
    width: 12,
    scrapeSeconds,
    stacked: true,
    queries: [
      { query: promql`sum by (queue_name) (${celery.queueLength}{namespace="$namespace"})`, legend: "{{queue_name}}" },
      { query: promql`max(${erpWorker.outboxWaiting}{namespace="$namespace"})`, legend: "outbox" },
    ],
    empty: "not scraped",
  });
}

function flow(): Panel {
  const rate = (counter: typeof celery.sent) =>
    promql`sum by (queue_name) (rate(${counter}{namespace="$namespace"}[$__rate_interval]))`;
  return timeseries({
    title: "Tasks sent and started",
    description:
      "Tasks put into each queue and taken from it, per second. If more tasks are sent than started, the queue grows. If far more are sent than normally, find the sender, which is the API or a task that sends others.",
    unit: units.CountsPerSecond,
    width: 12,
    scrapeSeconds,
    queries: [
      { query: rate(celery.sent), legend: "{{queue_name}}, sent" },
      { query: rate(celery.started), legend: "{{queue_name}}, started" },
    ],
    empty: "none yet",
  });
}
