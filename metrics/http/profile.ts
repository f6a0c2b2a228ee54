import type { Promql } from "../../queries/query";
import type { Metric } from "../metric";

/**
 * What can be asked of the ERP's HTTP metrics, whichever instrumentor names them. Every answer carries the labels
 * `route` and `method` besides the target's; probes and `/metrics` are never counted. Windows are PromQL durations.
 */
export interface HttpProfile {
  readonly name: string;
  readonly metrics: readonly Metric[];
  /** Finished requests per second. */
  requests(window: string): Promql;
  /** Finished requests per second that the server failed (5xx). */
  failures(window: string): Promql;
  /** Requests per second by bucket (`le`), for `histogram_quantile`. */
  duration(window: string): Promql;
  /** Requests that are being served; nothing where the instrumentor does not count them. */
  inFlight(): Promql | undefined;
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
  };
}

/** Paths that only machines ask for. */
export const notTraffic = "/healthz/.*|/metrics/?";
