import * as units from "@grafana/grafana-foundation-sdk/units";
import { celeryQueueGrowing } from "../../alerts/celery/celery-queue-growing";
import { celeryQueueLong } from "../../alerts/celery/celery-queue-long";
import { celeryTasksStuck } from "../../alerts/celery/celery-tasks-stuck";
import type { Environment } from "../../config/environment";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";
import { jobs } from "../../metrics/jobs";

const scrapeSeconds = jobs.celeryExporter.intervalSeconds;

/** What waits, how long, and whether that grows. */
export function queues({ erp, runbookBaseUrl }: Pick<Environment, "erp" | "runbookBaseUrl">): Panel[] {
  return [
    length(),
    alertPanel(celeryQueueLong, { runbookBaseUrl, width: 8, empty: "tasks wait, and none starts" }),
    flow(),
    alertPanel(celeryQueueGrowing, { runbookBaseUrl, width: 12, empty: "nothing starts" }),
    alertPanel(celeryTasksStuck(erp.celery), { runbookBaseUrl, width: 12, empty: "no task waits for long" }),
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
