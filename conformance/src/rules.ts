import { dependencyDown } from "./health/dependency-down";
import { healthRoutes, healthTime } from "./health/health-rules";
import { logRequest, logSchema, logSecrets } from "./logs/log-rules";
import { metricBuckets } from "./metrics/buckets";
import { metricCounters } from "./metrics/counters";
import { metricsFormat } from "./metrics/format";
import { httpProfile, metricLabels, metricNames, metricTypes } from "./metrics/metric-rules";
import { metricSeries } from "./metrics/series";
import { requestIdKept, requestIdReplaced } from "./request-id/request-id-rules";
import type { Rule } from "./rule";
import { sentryEvent, sentrySecrets } from "./sentry/sentry-rules";
import { shutdown } from "./shutdown/shutdown";

/** All rules, in the order in which they are checked. */
export const rules: readonly Rule[] = [
  healthRoutes,
  healthTime,
  metricsFormat,
  httpProfile,
  metricNames,
  metricTypes,
  metricLabels,
  metricBuckets,
  requestIdKept,
  requestIdReplaced,
  sentryEvent,
  sentrySecrets,
  logRequest,
  metricCounters,
  metricSeries,
  dependencyDown,
  shutdown,
  // The last lines are those of the shutdown.
  logSchema,
  logSecrets,
];
