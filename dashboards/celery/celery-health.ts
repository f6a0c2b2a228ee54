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

/** Is it healthy? Read from left to right; the first that is not green names the row to read next. */
export function health(): Panel[] {
  return [firing(), workers(), waitingTasks(), longestWait(), tasksDone(), failedTasks(), runtime(), heartbeats()];
}

function firing(): Panel {
  return alertsFiring({ ...each, which: "Alerts of Celery", matchers: 'alertname=~"Celery.+"' });
}

function workers(): Panel {
  return stat({
    ...each,
    title: "Workers",
    description:
      "Workers that answer on the queue that most of them read. Red when there is none: no task is done, and CeleryNoWorkers pages. See the row Workers and beat.",
    unit: units.Short,
    query: celeryNoWorkers.measure,
    thresholds: below({ red: celeryNoWorkers.limit.value }),
    empty: "not scraped",
  });
}

function waitingTasks(): Panel {
  return stat({
    ...each,
    title: "Waiting tasks",
    description: "Tasks in all queues that no worker has taken yet. The next panel shows how long they wait.",
    unit: units.Short,
    query: promql`sum(${celery.queueLength}{${here}})`,
    empty: "not scraped",
  });
}

function longestWait(): Panel {
  return stat({
    ...each,
    title: "Longest wait",
    description:
      "How long a task that is sent now waits for a worker, in the slowest queue. Red: users look for what they asked for. See the row Queues.",
    unit: units.Seconds,
    query: promql`max(${estimatedWait("$__rate_interval")})`,
    thresholds: above({ red: celeryQueueLong.limit.value }),
    empty: "no task starts",
  });
}

function tasksDone(): Panel {
  return stat({
    ...each,
    title: "Tasks done",
    description:
      "Tasks that ended well, per second; the beat's heartbeat alone is 0.017. 0 while tasks wait: they hang.",
    unit: units.CountsPerSecond,
    query: promql`sum(rate(${celery.succeeded}{${here}}[$__rate_interval]))`,
    empty: "none yet",
  });
}

function failedTasks(): Panel {
  const rate = (counter: typeof celery.failed) => promql`sum by (name) (rate(${counter}{${here}}[$__rate_interval]))`;
  return stat({
    ...each,
    title: "Failed tasks",
    description:
      "Share of the runs in the last 15 minutes that failed for good, of the kind that fails most: the others would hide it. See the row Tasks.",
    unit: units.PercentUnit,
    query: promql`max(${rate(celery.failed)} / clamp_min(${rate(celery.failed)} + ${rate(celery.succeeded)}, 1e-9))`,
    thresholds: above({ red: celeryTasksFailing.limit.value }),
    empty: "none yet",
  });
}

function runtime(): Panel {
  return stat({
    ...each,
    title: "p95 runtime",
    description:
      "95 % of the runs in the last 5 minutes ended within this time, of the slowest kind. See the row Runtime.",
    unit: units.Seconds,
    query: promql`max(histogram_quantile(0.95, sum by (le, name) (rate(${celery.runtime.bucket}{${here}}[$__rate_interval]))) >= 0)`,
    thresholds: above({ red: celeryTasksSlow.limit.value }),
    empty: "no task ends",
  });
}

function heartbeats(): Panel {
  return stat({
    ...each,
    title: "Heartbeats in 5 minutes",
    description:
      "The beat sends one a minute. Red at 0: it is dead, and nothing starts by the clock; or the exporter hears nothing, see CeleryExporterDeaf.",
    unit: units.Short,
    decimals: 0,
    query: celeryBeatSilent.measure,
    thresholds: below({ red: celeryBeatSilent.limit.value }),
    empty: "not scraped",
  });
}
