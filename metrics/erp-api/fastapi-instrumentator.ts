import { closed } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";
import { routes } from "../label-vocabularies";
import { erpApiJob } from "./erp-api-metrics";
import { type HttpProfile, requestMatchers, type Selection, upTo } from "./http-profile";

const path = "handler";
const { counter, histogram } = source(erpApiJob, { [path]: routes });
const sample = { method: "GET", handler: "/api/v1/invoices" };
const statuses = closed(["2xx", "4xx", "5xx"], { "a provisional response or a redirect": ["1xx", "3xx"] });

const requests = counter("http_requests_total", ["method", path, "status"], {
  help: "Finished requests. The status is a class such as `5xx`, and unknown paths share the handler `none`.",
  values: { status: statuses },
  sample: { ...sample, status: "2xx" },
});
const durations = histogram("http_request_duration_seconds", ["method", path], {
  help: "Time to the end of the response. Requests that end in an exception are included.",
  bounds: [0.1, 0.5, 1],
  sample,
});

/** https://github.com/trallnag/prometheus-fastapi-instrumentator 8, with its default metrics. */
export const fastapiInstrumentator: HttpProfile = {
  name: "fastapi-instrumentator",
  metrics: { requests, durations },
  requests: (window, only) => byRoute(`rate(${requests}{${requestMatchers(path, only)}}[${window}])`),
  routes: (only) => ({ series: promql`${requests}{${requestMatchers(path, only)}}`, label: path }),
  failures: (window, only) => byRoute(`rate(${requests}{${requestMatchers(path, only)},status="5xx"}[${window}])`),
  duration: (window, only) => byRoute(`rate(${durations.bucket}{${requestMatchers(path, only)}}[${window}])`),
  timed: (window, only) => byRoute(answerRate(window, only)),
  slow: (window, bound, only) =>
    byRoute(`${answerRate(window, only)} - ignoring (le) ${answerRate(window, only, bound)}`),
  inFlight: () => undefined,
  exceptions: () => undefined,
  exceptionCounters: () => undefined,
  byStatus: (window, only) => promql`rate(${requests}{${requestMatchers(path, only)}}[${window}])`,
  bounds: durations.bounds,
  gaps: [
    "requests in progress are not counted, so that no alert fires when requests hang",
    "exceptions are not counted by type, so that no alert fires for a new one",
    "durations by route have only the bounds 0.1, 0.5 and 1 second",
  ],
  traffic: {
    requests,
    succeeded: { ...sample, status: "2xx" },
    failed: { ...sample, status: "5xx" },
    duration: durations.bucket,
  },
};

function answerRate(window: string, only?: Selection, within?: number) {
  return `rate(${durations.bucket}{${requestMatchers(path, only)},${upTo(within)}}[${window}])`;
}

function byRoute(series: string) {
  return promql`label_replace(${series}, "route", "$1", "${path}", "(.*)")`;
}
