import * as units from "@grafana/grafana-foundation-sdk/units";
import { celeryQueueGrowing } from "../../alerts/celery/celery-queue-growing";
import { celeryQueueLong } from "../../alerts/celery/celery-queue-long";
import { celeryTasksStuck } from "../../alerts/celery/celery-tasks-stuck";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { celery, celeryJob } from "../../metrics/celery/celery-metrics";
import type { Inventory } from "../../metrics/inventory";

const scrapeSeconds = celeryJob.intervalSeconds;

/** What waits, how long, and whether that grows. */
export function queues(): Panel[] {
  return [
    length(),
    alertPanel(celeryQueueLong, {
      title: "Wait for a worker, by queue",
      width: 8,
      // When many tasks arrive at once, the first estimates are hours.
      max: 2 * celeryQueueLong.limit.value,
      empty: "tasks wait, and none starts",
    }),
    flow(),
  ];
}

/** What the alerts measure that the panels above show in another form. */
export function queueMeasures(inventory: Pick<Inventory, "environment">): Panel[] {
  return [
    alertPanel(celeryQueueGrowing, {
      title: "Sent tasks for each started one",
      width: 8,
      empty: "nothing starts",
    }),
    alertPanel(celeryTasksStuck(inventory), {
      title: "Tasks that start while others wait, by queue",
      width: 8,
      empty: "no task waits for long",
    }),
  ];
}

function length(): Panel {
  return timeseries({
    title: "Waiting tasks by queue",
    description:
      "Tasks that no worker has taken yet. A tooth that falls: a burst, worked off. A slope that does not: add workers, or find what slows them. Tasks that wait for a later try are not here.",
    unit: units.Short,
    width: 8,
    scrapeSeconds,
    stacked: true,
    queries: [
      { query: promql`sum by (queue_name) (${celery.queueLength}{namespace="$namespace"})`, legend: "{{queue_name}}" },
    ],
    empty: "not scraped",
  });
}

function flow(): Panel {
  const rate = (counter: typeof celery.sent) =>
    promql`sum by (queue_name) (rate(${counter}{namespace="$namespace"}[$__rate_interval]))`;
  return timeseries({
    title: "Sent and started",
    description:
      "Tasks that are put into each queue and taken from it. Sent above started: the queue grows. Sent far above the usual: who sends them, the API or a task that sends others?",
    unit: units.CountsPerSecond,
    width: 8,
    scrapeSeconds,
    queries: [
      { query: rate(celery.sent), legend: "{{queue_name}}, sent" },
      { query: rate(celery.started), legend: "{{queue_name}}, started" },
    ],
    empty: "none yet",
  });
}
