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
  return [quantiles(), spread(), slowest(), meanRuntime()];
}

/** What the alert measures, which the panels above show in another form. */
export function runtimeMeasures(): Panel[] {
  return [alertPanel(celeryTasksSlow, { title: "p95 runtime by task", width: 8, most: 10, empty: "no task ends" })];
}

function quantiles(): Panel {
  return timeseries({
    ...each,
    title: "Runtime",
    description: `Time within which half, 95 % and 99 % of the runs of the chosen tasks end. The median rising too: what all of them need is slow, most often the database. What took longer than ${last} s shows as ${last} s.`,
    queries: [0.5, 0.95, 0.99].map((share) => ({
      query: promql`histogram_quantile(${share}, sum by (le) (rate(${bucket}${chosenTasks}[$__rate_interval]))) >= 0`,
      legend: `p${100 * share}`,
    })),
  });
}

function spread(): Panel {
  return heatmap({
    ...each,
    title: "Spread of runtime",
    description:
      "How many runs per second took how long. Two bands: two kinds of task, or one that now and then hits something slow.",
    cellUnit: units.CountsPerSecond,
    query: promql`sum by (le) (rate(${bucket}${chosenTasks}[$__rate_interval]))`,
  });
}

function slowest(): Panel {
  return timeseries({
    ...each,
    title: "Runtime by task, $percentile",
    description: `The ten slowest kinds of task at the chosen percentile. What took longer than ${last} s shows as ${last} s.`,
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
    description: `The mean of each kind of task, which knows no longest bucket: the only number here that shows by how much a task exceeds ${last} s.`,
    seriesLinks: [taskLogs],
    queries: [{ query: promql`topk(10, ${rate(sum)} / ${rate(count)} >= 0)`, legend: "{{name}}" }],
  });
}
