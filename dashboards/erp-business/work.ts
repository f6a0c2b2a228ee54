import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import type { Metric } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";
import { celery, celeryJob } from "../../metrics/celery/celery-metrics";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";

const { bucket, count, sum } = erpApi.functionDuration;
const rate = (counter: Metric) => promql`rate(${counter}{namespace="$namespace"}[$__rate_interval])`;
const name = "{{service_name}}.{{function_name}}";

/** The service layer, in API and workers, and what is done in the background. */
export function work(): Panel[] {
  return [serviceCalls(), timeSpent(), slowest(), jobsDone()];
}

function serviceCalls(): Panel {
  return timeseries({
    title: "Service calls, by service",
    description:
      "How often each part of the ERP is used. One that is silent while the others go on: its routes fail before they reach it, or nobody needs it today.",
    unit: units.CountsPerSecond,
    width: 12,
    stacked: true,
    queries: [{ query: promql`sum by (service_name) (${rate(count)})`, legend: "{{service_name}}" }],
    empty: "no calls",
  });
}

function timeSpent(): Panel {
  return timeseries({
    title: "Where the time goes",
    description:
      "The ten functions that take the most time altogether: how many calls run at once on average, or seconds spent in each second. What grows here costs most, however fast a single call is.",
    unit: units.Short,
    width: 12,
    softMax: 0.01,
    stacked: true,
    queries: [{ query: promql`topk(10, sum by (service_name, function_name) (${rate(sum)}))`, legend: name }],
    empty: "no calls",
  });
}

function slowest(): Panel {
  const buckets = promql`sum by (le, service_name, function_name) (${rate(bucket)})`;
  return timeseries({
    title: "Slowest functions, $percentile",
    description:
      "The ten slowest functions at the chosen percentile, in API and workers. Those of reports may take long; those of orders keep somebody waiting.",
    unit: units.Seconds,
    width: 12,
    queries: [{ query: promql`topk(10, histogram_quantile($percentile, ${buckets}) >= 0)`, legend: name }],
    empty: "no calls",
  });
}

function jobsDone(): Panel {
  return timeseries({
    title: "Background jobs done",
    description:
      "Tasks that workers ended well, by kind. None while orders are created: invoices wait, and the dashboard Celery says for whom.",
    unit: units.CountsPerSecond,
    width: 12,
    stacked: true,
    scrapeSeconds: celeryJob.intervalSeconds,
    queries: [{ query: promql`sum by (name) (${rate(celery.succeeded)})`, legend: "{{name}}" }],
    empty: "none yet",
  });
}
