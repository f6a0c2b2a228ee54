import * as units from "@grafana/grafana-foundation-sdk/units";
import { celeryRetryStorm } from "../../alerts/celery/celery-retry-storm";
import { celeryTasksFailing } from "../../alerts/celery/celery-tasks-failing";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { logsLink } from "../../kit/dashboards/links";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { type Column, table } from "../../kit/dashboards/table";
import { above } from "../../kit/dashboards/thresholds";
import type { Metric } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";
import { loki } from "../../logs/loki-store";
import { celery, celeryJob } from "../../metrics/celery/celery-metrics";

/** Link from a series of one task to the lines that workers wrote while they ran the task. */
export const taskLogs = logsLink(
  "Logs of this task",
  loki.lines({ namespaces: ["${namespace}"], app: "erp-worker", task: "${__field.labels.name}" }),
);

const chosenTasks = 'namespace="$namespace",name=~"$name"';
const each = {
  width: 8,
  scrapeSeconds: celeryJob.intervalSeconds,
  unit: units.CountsPerSecond,
  seriesLinks: [taskLogs],
  empty: "none yet",
};

/** Outcome of the tasks: runs, failures and retries. */
export function tasks(): Panel[] {
  return [
    summary(),
    byOutcome(),
    alertPanel(celeryTasksFailing, {
      title: "Failure ratio by task",
      width: 12,
      most: 10,
      empty: "none yet",
    }),
    runs(),
    failures(),
    retries(),
  ];
}

/** Measures that the panels above show in another form. */
export function taskMeasures(): Panel[] {
  return [
    alertPanel(celeryRetryStorm, {
      title: "Retry ratio by task",
      width: 8,
      most: 10,
      empty: "none yet",
    }),
  ];
}

function summary(): Panel {
  const count = (counter: Metric) => promql`sum by (name) (increase(${counter}{${chosenTasks}}[$__range]))`;
  const column = (title: string, counter: Metric) =>
    ({ title, unit: units.LocaleFormat, decimals: 0, query: count(counter) }) satisfies Column;
  const { sent, succeeded, failed, retried } = celery;
  return table({
    title: "Task summary",
    description:
      "Number of runs of each task in the time range, by outcome. The tasks with most failures come first. If a failure ratio is red, see Failures by task and exception, and Last errors.",
    width: 24,
    height: 6,
    scrapeSeconds: each.scrapeSeconds,
    lines: { label: "name", title: "Task" },
    columns: [
      column("Sent", sent),
      column("Succeeded", succeeded),
      column("Failed", failed),
      column("Retried", retried),
      {
        title: "Failure ratio",
        unit: units.PercentUnit,
        query: promql`${count(failed)} / (${count(failed)} + ${count(succeeded)} > 0)`,
        thresholds: above({ red: celeryTasksFailing }),
      },
    ],
    largest: "Failed",
    empty: each.empty,
  });
}

function byOutcome(): Panel {
  const { succeeded, failed, retried, revoked, rejected } = celery;
  const outcomes: readonly (readonly [Metric, string])[] = [
    [succeeded, "succeeded"],
    [failed, "failed"],
    [retried, "retried"],
    [revoked, "revoked"],
    [rejected, "rejected"],
  ];
  return timeseries({
    ...each,
    width: 12,
    title: "Tasks by outcome",
    description:
      "Runs per second, by outcome. Revoked runs are heartbeats that expired because they waited for longer than a minute, so the queue is long. A run is rejected if its worker was lost while it ran the task; another worker then takes the task.",
    stacked: true,
    colors: {
      succeeded: "green",
      failed: "red",
      retried: "orange",
      revoked: "blue",
      rejected: "purple",
    },
    seriesLinks: [],
    queries: outcomes.map(([counter, legend]) => ({
      query: promql`sum(rate(${counter}{${chosenTasks}}[$__rate_interval]))`,
      legend,
    })),
  });
}

function runs(): Panel {
  return timeseries({
    ...each,
    title: "Runs by task",
    description:
      "The ten tasks that run most often. If only one task rises, find the sender: the beat, a user, or the task itself.",
    queries: [
      {
        query: promql`topk(10, sum by (name) (rate(${celery.started}{${chosenTasks}}[$__rate_interval])))`,
        legend: "{{name}}",
      },
    ],
  });
}

function failures(): Panel {
  return timeseries({
    ...each,
    title: "Failures by task and exception",
    description:
      "Tasks that failed and are not retried. The first failure of its kind on a worker is not counted here, but Last errors shows it. If all tasks have the same exception, the cause is a server. If one task has it, the cause is its code or its data.",
    unit: units.Short,
    stacked: true,
    queries: [
      {
        query: promql`topk(10, sum by (name, exception) (increase(${celery.failed}{${chosenTasks},exception!=""}[$__rate_interval])))`,
        legend: "{{name}}: {{exception}}",
      },
    ],
  });
}

function retries(): Panel {
  return timeseries({
    ...each,
    title: "Retries by task",
    description:
      "Runs that failed and are retried. While PostgreSQL does not answer, a task is retried at random intervals of at most 30 seconds.",
    stacked: true,
    queries: [
      {
        query: promql`topk(10, sum by (name) (rate(${celery.retried}{${chosenTasks}}[$__rate_interval])))`,
        legend: "{{name}}",
      },
    ],
  });
}
