import type { MetricSet } from "../../kit/metrics/catalogue";
import { boundary, type Metric } from "../../kit/metrics/metric";
import type { Promql } from "../../kit/queries/query";

/**
 * What can be asked of the ERP's HTTP metrics, whichever instrumentor names them. Every answer carries the labels
 * `route` and `method` besides the target's; probes and `/metrics` are never counted. Windows are PromQL durations;
 * without a selection all requests are meant.
 */
export interface HttpProfile {
  readonly name: string;
  readonly metrics: MetricSet;
  /** Finished requests per second. */
  requests(window: string, selection?: Selection): Promql;
  /** Series of which each has a route, and the label that contains it. */
  routes(selection?: Selection): { readonly series: Promql; readonly label: string };
  /** Finished requests per second that the server failed (5xx). */
  failures(window: string, selection?: Selection): Promql;
  /** Requests per second by bucket (`le`), for `histogram_quantile`. */
  duration(window: string, selection?: Selection): Promql;
  /** Requests per second whose duration is known. */
  timed(window: string, selection?: Selection): Promql;
  /** Of these, the ones that took longer than one of the `bounds`: exact, where a quantile is estimated. */
  slow(window: string, bound: number, selection?: Selection): Promql;
  /** Requests that are being served; nothing where the instrumentor does not count them. */
  inFlight(selection?: Selection): Promql | undefined;
  /** Finished requests per second with their class of status, such as `5xx`, as the label `status`. */
  byStatus(window: string, selection?: Selection): Promql;
  /** Exceptions per second that nobody handled, by `exception_type`; nothing where the instrumentor knows no types. */
  exceptions(window: string, selection?: Selection): Promql | undefined;
  /** Counters of such exceptions: those that there are, or that there were within a time that ended some time ago. */
  exceptionCounters(past?: { readonly within: string; readonly until: string }): Promql | undefined;
  /** Upper bounds of the duration's buckets in seconds: a threshold between two of them is a guess. */
  readonly bounds: readonly number[];
  /** What it cannot give, as sentences for whoever chose it. */
  readonly gaps: readonly string[];
  /** The counter of finished requests with the labels of one that succeeds and of one that fails, for scenarios. */
  readonly traffic: {
    readonly requests: Metric;
    readonly succeeded: Readonly<Record<string, string>>;
    readonly failed: Readonly<Record<string, string>>;
    /** Buckets of the same route. */
    readonly duration: Metric;
    /** The gauge that `inFlight` reads. @default the instrumentor does not count requests that are being served */
    readonly inFlight?: Metric;
    /**
     * The counter that `exceptions` and `exceptionCounters` read.
     * @default the instrumentor does not know the types of exceptions
     */
    readonly exceptions?: Metric;
  };
}

/** Which requests are meant, as regular expressions; they may be variables of Grafana. */
export interface Selection {
  /** The expression that the namespace must match. @default requests in all namespaces are meant */
  readonly namespace?: string;
  /** The expression that the route must match. @default requests to all routes are meant */
  readonly route?: string;
}

/** Paths that only machines ask for. */
const notTraffic = "/healthz/.*|/metrics/?";

/** Matchers of the bucket that holds the requests up to a bound; without one, all of them. */
export function upTo(bound?: number): string {
  return `le="${bound === undefined ? "+Inf" : boundary(bound)}"`;
}

/** Matchers of the requests that are meant, where the label `path` holds their route. */
export function requestMatchers(path: string, { namespace, route }: Selection = {}): string {
  const filters = [namespace && `namespace=~"${namespace}"`, route && `${path}=~"${route}"`];
  return [`${path}!~"${notTraffic}"`, ...filters.filter(Boolean)].join(",");
}
