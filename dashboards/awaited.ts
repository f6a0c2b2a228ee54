/**
 * Series that are there only once something has happened, by metric or by whole selector: what has to happen, in words
 * that end "is shown after …".
 */
export const awaited: Readonly<Record<string, string>> = {
  starlette_exceptions_total: "an exception that nobody handled",
  ALERTS: "an alert",
  'prober_probe_total{container="erp-api",probe_type="Readiness",result="failed"}': "a readiness probe that failed",
  'prober_probe_total{container=~"erp-api|erp-worker",probe_type="Liveness",result="failed"}':
    "a liveness probe that failed",
};
