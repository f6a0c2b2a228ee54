import * as units from "@grafana/grafana-foundation-sdk/units";
import { celeryTasksSlow } from "../../alerts/celery/celery-tasks-slow";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { heatmap, type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { celery, celeryJob } from "../../metrics/celery/celery-metrics";
import { taskLogs } from "./tasks";

const { bucket, sum, count, bounds } = celery.runtime;
const chosenTasks = '{namespace="$namespace",name=~"$name"}';
const each = {
  width: 12,
  scrapeSeconds: celeryJob.intervalSeconds,
  unit: units.Seconds,
  empty: "no task ends",
};
const last = bounds.at(-1);

/** How long runs take. */
export function runtime(): Panel[] {
  return [quantiles(), distribution(), slowest(), meanRuntime()];
}

/** The measure that the panels above show in another form. */
export function runtimeMeasures(): Panel[] {
  return [alertPanel(celeryTasksSlow, { title: "p95 runtime by task", width: 8, most: 10, empty: "no task ends" })];
}

function quantiles(): Panel {
  return timeseries({
    ...each,
    title: "Runtime",
    description: `Time within which half, 95 % and 99 % of the runs of the chosen tasks end. If the median rises too, a dependency of all tasks is slow, usually the database. Runs that take longer than ${last} s are shown as ${last} s.`,
    queries: [0.5, 0.95, 0.99].map((share) => ({
      query: promql`histogram_quantile(${share}, sum by (le) (rate(${bucket}${chosenTasks}[$__rate_interval]))) >= 0`,
      legend: `p${100 * share}`,
    })),
  });
}

function distribution(): Panel {
  return heatmap({
    ...each,
    title: "Runtime distribution",
    description:
      "Runs per second by runtime. Two bands mean two different tasks, or one task that sometimes calls a slow service.",
    cellUnit: units.CountsPerSecond,
    query: promql`sum by (le) (rate(${bucket}${chosenTasks}[$__rate_interval]))`,
  });
}

function slowest(): Panel {
  return timeseries({
    ...each,
    title: "Runtime by task, $percentile",
    description: `The ten slowest tasks at the chosen percentile. Click a line to open the logs of its task. Runs that take longer than ${last} s are shown as ${last} s.`,
    seriesLinks: [taskLogs],
    queries: [
      {
        query: promql`topk(10, histogram_quantile($percentile, sum by (le, name) (rate(${bucket}${chosenTasks}[$__rate_interval]))) >= 0)`,
        legend: "{{name}}",
      },
    ],
  });
}

function meanRuntime(): Panel {
  const rate = (counter: typeof sum) => promql`sum by (name) (rate(${counter}${chosenTasks}[$__rate_interval]))`;
  return timeseries({
    ...each,
    title: "Mean runtime by task",
    description: `Mean runtime of the ten slowest tasks. A mean has no largest bucket, so only this graph shows by how much a task exceeds ${last} s.`,
    seriesLinks: [taskLogs],
    queries: [{ query: promql`topk(10, ${rate(sum)} / ${rate(count)} >= 0)`, legend: "{{name}}" }],
  });
}
