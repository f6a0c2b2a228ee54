import type { MetricSet } from "../../kit/metrics/catalogue";
import { boundary, type Metric } from "../../kit/metrics/metric";
import type { Promql } from "../../kit/queries/query";

/**
 * Queries of the ERP's HTTP metrics, which are the same for every HTTP metrics library. Every result has the labels
 * `route` and `method` besides those of the target. Requests to probes and `/metrics` are never counted. Windows are
 * PromQL durations. Without a selection, a query covers all requests.
 */
export interface HttpProfile {
  readonly name: string;
  readonly metrics: MetricSet;
  /** Finished requests per second. */
  requests(window: string, selection?: Selection): Promql;
  /** Series that have a route, and the label that contains it. */
  routes(selection?: Selection): { readonly series: Promql; readonly label: string };
  /** Finished requests per second that failed with a server error (5xx). */
  failures(window: string, selection?: Selection): Promql;
  /** Requests per second by bucket (`le`), for `histogram_quantile`. */
  duration(window: string, selection?: Selection): Promql;
  /** Requests per second whose duration was measured. */
  timed(window: string, selection?: Selection): Promql;
  /** Requests per second that took longer than one of the `bounds`. This is exact, unlike a quantile. */
  slow(window: string, bound: number, selection?: Selection): Promql;
  /** Requests in progress, or undefined if the library does not count them. */
  inFlight(selection?: Selection): Promql | undefined;
  /** Finished requests per second. The label `status` contains the class of the status, such as `5xx`. */
  byStatus(window: string, selection?: Selection): Promql;
  /** Unhandled exceptions per second by `exception_type`, or undefined if the library does not report types. */
  exceptions(window: string, selection?: Selection): Promql | undefined;
  /** Counters of unhandled exceptions: the current ones, or those that existed during `within` up to `until` ago. */
  exceptionCounters(past?: { readonly within: string; readonly until: string }): Promql | undefined;
  /** Upper bounds of the buckets of durations, in seconds. Only a threshold that is one of them can be measured. */
  readonly bounds: readonly number[];
  /** Limitations of the library, as sentences for teams that choose it. */
  readonly gaps: readonly string[];
  /** The counter of finished requests, with the labels of a successful and of a failed request, for scenarios. */
  readonly traffic: {
    readonly requests: Metric;
    readonly succeeded: Readonly<Record<string, string>>;
    readonly failed: Readonly<Record<string, string>>;
    /** Buckets of the durations of the same route. */
    readonly duration: Metric;
    /** The gauge that `inFlight` reads. @default the library does not count requests in progress */
    readonly inFlight?: Metric;
    /**
     * The counter that `exceptions` and `exceptionCounters` read.
     * @default the library does not report the types of exceptions
     */
    readonly exceptions?: Metric;
  };
}

/** Selection of requests by regular expressions, which may be variables of Grafana. */
export interface Selection {
  /** The expression that the namespace must match. @default all namespaces */
  readonly namespace?: string;
  /** The expression that the route must match. @default all routes */
  readonly route?: string;
}

/** Paths that only machines request. */
const machinePaths = "/healthz/.*|/metrics/?";

/** Matcher of the bucket with the requests up to a bound. Without a bound, the bucket with all requests. */
export function upTo(bound?: number): string {
  return `le="${bound === undefined ? "+Inf" : boundary(bound)}"`;
}

/** Matchers of the selected requests; the label `path` contains their route. */
export function requestMatchers(path: string, { namespace, route }: Selection = {}): string {
  const filters = [namespace && `namespace=~"${namespace}"`, route && `${path}=~"${route}"`];
  return [`${path}!~"${machinePaths}"`, ...filters.filter(Boolean)].join(",");
}
