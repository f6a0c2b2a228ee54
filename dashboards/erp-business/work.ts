import * as units from "@grafana/grafana-foundation-sdk/units";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import type { Metric } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";
import { celery, celeryJob } from "../../metrics/celery/celery-metrics";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";

const { bucket, count, sum } = erpApi.functionDuration;
const rate = (counter: Metric) => promql`rate(${counter}{namespace="$namespace"}[$__rate_interval])`;
const name = "{{service_name}}.{{function_name}}";

/** Calls of the service layer in the API and the workers, and background jobs. */
export function work(): Panel[] {
  return [serviceCalls(), timeSpent(), slowest(), completedJobs()];
}

function serviceCalls(): Panel {
  return timeseries({
    title: "Calls by service",
    description:
      "How often each service of the ERP is called. If one stops while the others continue, its routes fail before they call it, or nobody needs it today.",
    unit: units.CountsPerSecond,
    width: 12,
    stacked: true,
    queries: [{ query: promql`sum by (service_name) (${rate(count)})`, legend: "{{service_name}}" }],
    empty: "no calls",
  });
}

function timeSpent(): Panel {
  return timeseries({
    title: "Total time by function",
    description:
      "The eight functions that take the most time in total, in seconds per second, which is the average number of calls that run at once. A function that rises here costs the most, even if a single call is fast.",
    unit: units.Short,
    width: 12,
    softMax: 0.01,
    stacked: true,
    queries: [{ query: promql`topk(8, sum by (service_name, function_name) (${rate(sum)}))`, legend: name }],
    empty: "no calls",
  });
}

function slowest(): Panel {
  const buckets = promql`sum by (le, service_name, function_name) (${rate(bucket)})`;
  return timeseries({
    title: "Slowest functions, $percentile",
    description:
      "The ten slowest functions at the chosen percentile, in the API and the workers. Reports may take long; users wait for orders.",
    unit: units.Seconds,
    width: 12,
    queries: [{ query: promql`topk(10, histogram_quantile($percentile, ${buckets}) >= 0)`, legend: name }],
    empty: "no calls",
  });
}

function completedJobs(): Panel {
  return timeseries({
    title: "Completed background jobs",
    description:
      "Tasks that succeeded, by name. If none succeed while orders are created, invoices wait. The dashboard Celery shows which tasks wait.",
    unit: units.CountsPerSecond,
    width: 12,
    stacked: true,
    scrapeSeconds: celeryJob.intervalSeconds,
    queries: [{ query: promql`sum by (name) (${rate(celery.succeeded)})`, legend: "{{name}}" }],
    empty: "none yet",
  });
}
