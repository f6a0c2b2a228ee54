/**
 * What sets off other troubles. The alert that shows one of them names it as its `cause`; every alert that would follow
 * from it names it in `causedBy`, and stays quiet while that other alert, of at least its severity, fires.
 */
export const causes = [
  /** Nobody is served by the API. */
  "erp-api",
  /** Pods of the API run, and none of them is ready. */
  "erp-service",
  /** Nobody outside the cluster reaches the API. */
  "erp-ingress",
  /** The API's error budget already burns fast enough to page. */
  "availability-slo",
  "latency-slo",
  /** No worker takes tasks. */
  "celery",
  "postgresql",
  /** It refuses new connections. */
  "postgresql-connections",
  /** One session keeps many others waiting. */
  "postgresql-locks",
  "postgresql-wraparound",
  "redis",
  /** It answers, and takes nothing new. */
  "redis-writes",
  "elasticsearch",
  "node",
  /** Nothing is measured any more, or measured wrongly. */
  "prometheus",
  "loki",
  "log-agent",
] as const;

export type Cause = (typeof causes)[number];

/** A cause that a label of the alert names: `{{ $labels.dependency }}`. */
export type LabelledCause = `{{ $labels.${string} }}`;

/** The label whose value an entry of `causedBy` takes, where it takes one. */
export function labelOf(causedBy: Cause | LabelledCause): string | undefined {
  return causedBy.match(/^{{ \$labels\.(\w+) }}$/)?.[1];
}
