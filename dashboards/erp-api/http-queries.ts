import { type Promql, promql } from "../../kit/queries/query";
import type { HttpProfile } from "../../metrics/erp-api/http-profile";

/** What a dashboard asks of the requests in the chosen namespace and routes. */
export interface HttpQueries {
  /** Requests per second, altogether or by a label. */
  rate(by?: string): Promql;
  /** Requests per second by class of status. */
  byStatus(): Promql;
  /** Share of the requests that the server failed: 0 while none fails or nobody asks, nothing when nothing is scraped. */
  errorRatio(by?: string): Promql;
  /** Seconds within which a share of the requests is answered; nothing while nobody asks. */
  quantile(share: number | string, by?: string): Promql;
  /** Requests per second by bucket of their duration. */
  durations(): Promql;
  /** Requests that are being served; nothing where the instrumentor does not count them. */
  inFlight(by?: string): Promql | undefined;
  /** Unhandled exceptions per second by type and route; nothing where the instrumentor knows no types. */
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
    // Of no requests a quantile is NaN, which no comparison lets through.
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

/** Requests per second that no traffic has: of no requests the ratio is 0 instead of NaN. */
const leastRate = 1e-9;

function sum(query: Promql, by?: string): Promql {
  return by ? promql`sum by (${by}) (${query})` : promql`sum(${query})`;
}
