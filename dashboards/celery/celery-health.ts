import * as units from "@grafana/grafana-foundation-sdk/units";
import { celeryBeatSilent } from "../../alerts/celery/celery-beat-silent";
import { celeryNoWorkers } from "../../alerts/celery/celery-no-workers";
import { celeryQueueLong, estimatedWait } from "../../alerts/celery/celery-queue-long";
import { celeryTasksFailing } from "../../alerts/celery/celery-tasks-failing";
import { celeryTasksSlow } from "../../alerts/celery/celery-tasks-slow";
import { alertsFiring } from "../../kit/dashboards/alerts-firing";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import { promql } from "../../kit/queries/query";
import { celery, celeryJob } from "../../metrics/celery/celery-metrics";

const here = 'namespace="$namespace"';
const each = { width: 6, scrapeSeconds: celeryJob.intervalSeconds };

/** Numbers from left to right. The description of each one names the row to read if it is not green. */
export function health(): Panel[] {
  return [
    firing(),
    workers(),
    waitingTasks(),
    longestWait(),
    completedTasks(),
    highestFailureRatio(),
    runtime(),
    heartbeats(),
  ];
}

function firing(): Panel {
  return alertsFiring({ ...each, which: "Celery alerts", matchers: 'alertname=~"Celery.+"' });
}

function workers(): Panel {
  return stat({
    ...each,
    title: "Workers",
    description:
      "Number of responding workers, on the queue with the most workers. Red: no worker responds, no task is done, and CeleryNoWorkers pages. See the row Workers and beat.",
    unit: units.Short,
    query: celeryNoWorkers.measure,
    thresholds: below({ red: celeryNoWorkers }),
    empty: "not scraped",
  });
}

function waitingTasks(): Panel {
  return stat({
    ...each,
    title: "Waiting tasks",
    description: "Tasks that wait for a worker, in all queues. The next panel shows how long they wait.",
    unit: units.Short,
    query: promql`sum(${celery.queueLength}{${here}})`,
    empty: "not scraped",
  });
}

/** More seconds than any estimate: the wait in a queue with tasks that no worker starts. */
const endless = 1e9;

function longestWait(): Panel {
  const waiting = promql`sum by (queue_name) (${celery.queueLength}{${here}})`;
  return stat({
    ...each,
    title: "Longest wait",
    description:
      "Estimated time until a worker starts a new task, in the slowest queue. Red: users notice that their results are late. See the row Queues.",
    unit: units.Seconds,
    query: promql`max(${estimatedWait("$__rate_interval")} or ${endless} * (${waiting} > bool 0))`,
    thresholds: above({ red: celeryQueueLong }),
    words: { [endless]: "no task starts" },
    empty: "not scraped",
  });
}

function completedTasks(): Panel {
  return stat({
    ...each,
    title: "Completed tasks",
    description:
      "Tasks that succeeded, per second. The heartbeat task of the beat accounts for 0.017 per second. If the number is 0 while tasks wait, the running tasks hang.",
    unit: units.CountsPerSecond,
    query: promql`sum(rate(${celery.succeeded}{${here}}[$__rate_interval]))`,
    empty: "none yet",
  });
}

function highestFailureRatio(): Panel {
  const rate = (counter: typeof celery.failed) => promql`sum by (name) (rate(${counter}{${here}}[$__rate_interval]))`;
  return stat({
    ...each,
    title: "Highest failure ratio",
    description:
      "Recent runs that failed and are not retried, as a share of all runs, for the task with the highest share. An average over all tasks would hide that task. See the row Tasks.",
    unit: units.PercentUnit,
    query: promql`max(${rate(celery.failed)} / clamp_min(${rate(celery.failed)} + ${rate(celery.succeeded)}, 1e-9))`,
    thresholds: above({ red: celeryTasksFailing }),
    empty: "none yet",
  });
}

function runtime(): Panel {
  return stat({
    ...each,
    title: "p95 runtime",
    description: "95 % of the recent runs ended within this time, for the slowest task. See the row Runtime.",
    unit: units.Seconds,
    query: promql`max(histogram_quantile(0.95, sum by (le, name) (rate(${celery.runtime.bucket}{${here}}[$__rate_interval]))) >= 0)`,
    thresholds: above({ red: celeryTasksSlow }),
    empty: "no task ends",
  });
}

function heartbeats(): Panel {
  return stat({
    ...each,
    title: "Heartbeats in 5 minutes",
    description:
      "The beat sends one heartbeat per minute. Red, at 0: the beat is down and no scheduled task starts, or the exporter receives no events (see CeleryExporterDeaf).",
    unit: units.Short,
    decimals: 0,
    query: celeryBeatSilent.measure,
    thresholds: below({ red: celeryBeatSilent }),
    empty: "not scraped",
  });
}
