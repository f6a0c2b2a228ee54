import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpFailsAfterResponse } from "../../alerts/erp-api/erp-fails-after-response";
import { erpNewException } from "../../alerts/erp-api/erp-new-exception";
import { erpRouteFails } from "../../alerts/erp-api/erp-route-fails";
import { erpRouteSlow } from "../../alerts/erp-api/erp-route-slow";
import { erpServiceFunctionSlow } from "../../alerts/erp-processes/erp-service-function-slow";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { heatmap, type Panel, timeseries } from "../../kit/dashboards/panels";
import { above } from "../../kit/dashboards/thresholds";
import type { List } from "../../kit/lists";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import type { Inventory } from "../../metrics/inventory";
import { podLogs } from "../kubernetes/kubernetes-queries";
import { errorThresholds } from "./api-health";
import type { HttpQueries } from "./http-queries";

/** Requests per second, and the objects that they create. */
export function rate(http: HttpQueries): Panel[] {
  const created = promql`rate(${erpApi.entitiesCreated}{namespace="$namespace"}[$__rate_interval])`;
  return [
    timeseries({
      title: "Requests by route",
      description:
        "The ten busiest routes. If only one route rises, a client retries, or a job loops. If all fall together, the path to the ERP is broken.",
      unit: units.RequestsPerSecond,
      width: 12,
      queries: [{ query: promql`topk(10, ${http.rate("route")})`, legend: "{{route}}" }],
      empty: "no requests",
    }),
    timeseries({
      title: "Requests by status",
      description:
        "Requests by class of their status code. If only 4xx rises, clients request objects that do not exist or that they may not see. Typical causes are a scanner, or a new version of a client. For 5xx, see the row Errors.",
      unit: units.RequestsPerSecond,
      width: 12,
      stacked: true,
      queries: [{ query: http.byStatus(), legend: "{{status}}" }],
      colors: { "2xx": "green", "3xx": "blue", "4xx": "orange", "5xx": "red" },
      empty: "no requests",
    }),
    timeseries({
      title: "Requests by pod",
      description:
        "Requests that each pod answers. If a pod gets no requests while others get some, it is not ready, or has just started.",
      unit: units.RequestsPerSecond,
      width: 12,
      stacked: true,
      queries: [{ query: http.rate("pod"), legend: "{{pod}}" }],
      seriesLinks: [podLogs],
      empty: "no requests",
    }),
    timeseries({
      title: "Business objects created",
      description:
        "Objects that the ERP creates, by type. If the number of requests is normal and nothing is created, the ERP answers but does no work.",
      unit: units.CountsPerSecond,
      width: 12,
      stacked: true,
      queries: [{ query: promql`sum by (entity_type) (${created})`, legend: "{{entity_type}}" }],
      empty: "none yet",
    }),
  ];
}

/** Requests that fail. */
export function errors(http: HttpQueries, inventory: Inventory): List<Panel> {
  const { availability } = inventory.environment.erp.slos;
  return [
    timeseries({
      title: "Error ratio over time",
      description:
        "Share of the requests that failed with a server error (5xx). The dashed lines are the share that the error budget allows, and the share that spends the budget in two days. If the line steps up at a blue or purple mark, roll back.",
      unit: units.PercentUnit,
      width: 12,
      queries: [{ query: http.errorRatio(), legend: "failed" }],
      thresholds: errorThresholds(availability),
      empty: "not scraped",
    }),
    timeseries({
      title: "Error ratio by route",
      description:
        "The ten routes with the highest share of failures. If one route stands out, the cause is its code or its data. If all routes are affected, the cause is a dependency. See the row Causes.",
      unit: units.PercentUnit,
      width: 12,
      queries: [{ query: promql`topk(10, ${http.errorRatio("route")})`, legend: "{{route}}" }],
      empty: "not scraped",
    }),
    exceptions(http),
    alertPanel(erpFailsAfterResponse, {
      title: "Failures after the response, 15 min",
      width: 12,
      legend: "{{kind}}",
      empty: "not scraped",
    }),
  ];
}

/** Measures that the panels above show in another form. */
export function trafficMeasures(inventory: Inventory): List<Panel> {
  const exception = erpNewException(inventory);
  const byRoute = { width: 12, most: 5, legend: "{{method}} {{route}}" };
  return [
    alertPanel(erpRouteFails(inventory), {
      ...byRoute,
      title: "Error ratio by route, 10 min",
      empty: "no failures",
    }),
    exception &&
      alertPanel(exception, {
        ...byRoute,
        title: "Pods with a new exception",
        legend: "{{exception_type}} in {{route}}",
        empty: "none",
      }),
    alertPanel(erpRouteSlow(inventory), {
      ...byRoute,
      title: "Slow request ratio by route, 10 min",
      empty: "no requests",
    }),
    alertPanel(erpServiceFunctionSlow, {
      ...byRoute,
      title: "Slow call ratio by function, 10 min",
      legend: "{{service_name}}.{{function_name}}",
      empty: "no calls",
    }),
  ];
}

function exceptions(http: HttpQueries): Panel | undefined {
  const query = http.exceptions();
  return (
    query &&
    timeseries({
      title: "Unhandled exceptions",
      description:
        "Exceptions that no code handled, by type and route. Each one is a response with status 500. Sentry, and Last errors below, show the stack trace.",
      unit: units.CountsPerSecond,
      width: 12,
      stacked: true,
      queries: [{ query: promql`topk(10, ${query})`, legend: "{{exception_type}} in {{route}}" }],
      empty: "none yet",
    })
  );
}

/** Duration of requests. */
export function duration(http: HttpQueries, inventory: Inventory): Panel[] {
  const { bounds, gaps } = inventory.http;
  const { latency } = inventory.environment.erp.slos;
  const caveat = `Durations are exact at ${bounds.join(", ")} s and estimated between these values. Limits of this instrumentor: ${gaps.join("; ")}.`;
  return [
    timeseries({
      title: "Latency",
      description: `Time within which half, 95 % and 99 % of the requests are answered. The dashed line is the objective. If the median rises too, everything is slow. If only p99 rises, only some routes, or requests for some data, are slow. ${caveat}`,
      unit: units.Seconds,
      width: 8,
      queries: [0.5, 0.95, 0.99].map((share) => ({ query: http.quantile(share), legend: `p${100 * share}` })),
      thresholds: above({ red: latency.threshold }),
      empty: "no requests",
    }),
    timeseries({
      title: "Latency by route, $percentile",
      description: `The ten slowest routes at the chosen percentile. ${caveat}`,
      unit: units.Seconds,
      width: 8,
      queries: [{ query: promql`topk(10, ${http.quantile("$percentile", "route")})`, legend: "{{route}}" }],
      empty: "no requests",
    }),
    heatmap({
      title: "Latency distribution",
      description: `Requests per second by duration. Two bands mean two kinds of request, one of which calls a slow service. ${caveat}`,
      unit: units.Seconds,
      cellUnit: units.RequestsPerSecond,
      width: 8,
      query: http.durations(),
      empty: "no requests",
    }),
  ];
}
