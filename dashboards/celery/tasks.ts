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

/** Link from a series of one kind of task to the lines that workers wrote while they ran it. */
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

/** What becomes of the tasks. */
export function tasks(): Panel[] {
  return [
    eachTask(),
    outcomes(),
    alertPanel(celeryTasksFailing, {
      title: "Share of runs that fail, by task",
      width: 12,
      most: 10,
      empty: "none yet",
    }),
    runs(),
    failures(),
    retries(),
  ];
}

/** What the alerts measure that the panels above show in another form. */
export function taskMeasures(): Panel[] {
  return [
    alertPanel(celeryRetryStorm, {
      title: "Share of runs that are retried, by task",
      width: 8,
      most: 10,
      empty: "none yet",
    }),
  ];
}

function eachTask(): Panel {
  const count = (counter: Metric) => promql`sum by (name) (increase(${counter}{${chosenTasks}}[$__range]))`;
  const column = (title: string, counter: Metric) =>
    ({ title, unit: units.LocaleFormat, decimals: 0, query: count(counter) }) satisfies Column;
  const { sent, succeeded, failed, retried } = celery;
  return table({
    title: "Tasks, each kind",
    description:
      "What became of each kind of task in the time that is shown, those that fail most on top. A share that is red: see Failures by task and exception, and the last errors below.",
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
        title: "Share that fails",
        unit: units.PercentUnit,
        query: promql`${count(failed)} / (${count(failed)} + ${count(succeeded)} > 0)`,
        thresholds: above({ red: celeryTasksFailing.limit.value }),
      },
    ],
    largest: "Failed",
    empty: each.empty,
  });
}

function outcomes(): Panel {
  const { succeeded, failed, retried, revoked, rejected } = celery;
  const ways: readonly (readonly [Metric, string])[] = [
    [succeeded, "ended well"],
    [failed, "failed"],
    [retried, "will be tried again"],
    [revoked, "came too late"],
    [rejected, "handed back"],
  ];
  return timeseries({
    ...each,
    width: 12,
    title: "Tasks by outcome",
    description:
      "How runs end. Came too late: heartbeats that waited for longer than a minute, so the queue is long. Handed back: a worker was lost while it ran them, and another one takes them.",
    stacked: true,
    colors: {
      "ended well": "green",
      failed: "red",
      "will be tried again": "orange",
      "came too late": "blue",
      "handed back": "purple",
    },
    seriesLinks: [],
    queries: ways.map(([counter, legend]) => ({
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
      "The ten kinds of task that run most often. One that grows alone: who sends it? The beat, a user, or itself?",
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
      "Tasks that failed for good. The first failure of its kind on a worker is not counted here: the last errors below have it. One exception in all kinds of task: a server; in one kind: its code or its data.",
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
      "Runs that failed and will be tried again. Tasks are tried five more times within about a minute: what they need has so long to come back.",
    stacked: true,
    queries: [
      {
        query: promql`topk(10, sum by (name) (rate(${celery.retried}{${chosenTasks}}[$__rate_interval])))`,
        legend: "{{name}}",
      },
    ],
  });
}
