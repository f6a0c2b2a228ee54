import { source } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";
import { httpStatus, routes } from "../label-vocabularies";
import { erpApiJob } from "./erp-api-metrics";
import { type HttpProfile, requestMatchers, type Selection, upTo } from "./http-profile";

const path = "path_template";
const { counter, gauge, histogram } = source(erpApiJob, { [path]: routes, status_code: httpStatus });
const sample = { method: "GET", path_template: "/api/v1/invoices" };

const responses = counter("starlette_responses_total", ["method", path, "status_code"], {
  help: "Responses, counted when they start. An unhandled exception counts as 500.",
  sample: { ...sample, status_code: "200" },
});
const processingTime = histogram("starlette_requests_processing_time_seconds", ["method", path], {
  help: "Time to the start of the response. Requests that end in an exception are not included.",
  bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  sample,
});
const exceptions = counter("starlette_exceptions_total", ["method", path, "exception_type"], {
  help: "Unhandled exceptions.",
  sample: { ...sample, exception_type: "ValueError" },
});
const inProgress = gauge("starlette_requests_in_progress", ["method", path], {
  help: "Requests in progress.",
  sample,
});

/** https://github.com/perdy/starlette-prometheus 0.10 */
export const starlettePrometheus: HttpProfile = {
  name: "starlette-prometheus",
  metrics: { responses, processingTime, exceptions, inProgress },
  requests: (window, only) => byRoute(`rate(${responses}{${requestMatchers(path, only)}}[${window}])`),
  routes: (only) => ({ series: promql`${responses}{${requestMatchers(path, only)}}`, label: path }),
  failures: (window, only) =>
    byRoute(`rate(${responses}{${requestMatchers(path, only)},status_code=~"5.."}[${window}])`),
  duration: (window, only) => byRoute(`rate(${processingTime.bucket}{${requestMatchers(path, only)}}[${window}])`),
  timed: (window, only) => byRoute(answerRate(window, only)),
  slow: (window, bound, only) =>
    byRoute(`${answerRate(window, only)} - ignoring (le) ${answerRate(window, only, bound)}`),
  inFlight: (only) => byRoute(`${inProgress}{${requestMatchers(path, only)}}`),
  exceptions: (window, only) => byRoute(`rate(${exceptions}{${requestMatchers(path, only)}}[${window}])`),
  exceptionCounters: (past) =>
    byRoute(
      past
        ? `last_over_time(${exceptions}{${requestMatchers(path)}}[${past.within}] offset ${past.until})`
        : `${exceptions}{${requestMatchers(path)}}`,
    ),
  byStatus: (window, only) =>
    promql`label_replace(rate(${responses}{${requestMatchers(path, only)}}[${window}]), "status", "\${1}xx", "status_code", "(.)..")`,
  bounds: processingTime.bounds,
  gaps: [
    "durations end when the response starts, and do not include requests that end in an exception",
    "WebSockets are not counted",
  ],
  traffic: {
    requests: responses,
    succeeded: { ...sample, status_code: "200" },
    failed: { ...sample, status_code: "500" },
    duration: processingTime.bucket,
    inFlight: inProgress,
    exceptions,
  },
};

function answerRate(window: string, only?: Selection, within?: number) {
  return `rate(${processingTime.bucket}{${requestMatchers(path, only)},${upTo(within)}}[${window}])`;
}

function byRoute(series: string) {
  return promql`label_replace(${series}, "route", "$1", "${path}", "(.*)")`;
}
