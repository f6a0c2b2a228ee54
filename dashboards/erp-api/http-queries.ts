import { type Promql, promql } from "../../kit/queries/query";
import type { HttpProfile } from "../../metrics/erp-api/http-profile";

/** Queries about the requests in the chosen namespace and to the chosen routes. */
export interface HttpQueries {
  /** Requests per second, in total or by a label. */
  rate(by?: string): Promql;
  /** Requests per second by class of status code. */
  byStatus(): Promql;
  /** Share of requests that fail with a server error: 0 without failures or requests, no result without scrapes. */
  errorRatio(by?: string): Promql;
  /** Seconds within which a share of the requests is answered; no result without requests. */
  quantile(share: number | string, by?: string): Promql;
  /** Requests per second by bucket of their duration. */
  durations(): Promql;
  /** Requests in progress. @returns undefined if the instrumentor does not count them */
  inFlight(by?: string): Promql | undefined;
  /** Unhandled exceptions per second by type and route. @returns undefined if the instrumentor counts no types */
  exceptions(): Promql | undefined;
}

export function httpQueries(http: HttpProfile): HttpQueries {
  const chosenRequests = { namespace: "$namespace", route: "$route" };
  const now = "$__rate_interval";
  return {
    rate: (by) => sum(http.requests(now, chosenRequests), by),
    byStatus: () => sum(http.byStatus(now, chosenRequests), "status"),
    errorRatio(by) {
      const requests = sum(http.requests(now, chosenRequests), by);
      const failures = sum(http.failures(now, chosenRequests), by);
      return promql`(${failures} or 0 * ${requests}) / clamp_min(${requests}, ${leastRate})`;
    },
    // Without requests a quantile is NaN, which the comparison removes.
    quantile: (share, by) =>
      promql`histogram_quantile(${share}, ${sum(http.duration(now, chosenRequests), by ? `le, ${by}` : "le")}) >= 0`,
    durations: () => sum(http.duration(now, chosenRequests), "le"),
    inFlight(by) {
      const served = http.inFlight(chosenRequests);
      return served && sum(served, by);
    },
    exceptions() {
      const thrown = http.exceptions(now, chosenRequests);
      return thrown && sum(thrown, "exception_type, route");
    },
  };
}

/** Fewer requests per second than real traffic has. It makes the ratio 0 without requests, instead of NaN. */
const leastRate = 1e-9;

function sum(query: Promql, by?: string): Promql {
  return by ? promql`sum by (${by}) (${query})` : promql`sum(${query})`;
}
