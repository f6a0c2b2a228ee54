import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";
import { redis, redisJob } from "../../metrics/redis/redis-metrics";

/** What panels about Redis have in common: how often they are fed, and what it means when they are not. */
export const scraped = { scrapeSeconds: redisJob.intervalSeconds, empty: "not scraped" } as const;

/** A gauge as it is. */
export function currentValue(gauge: Metric): Promql {
  return promql`max(${gauge}{namespace="$namespace"})`;
}

/** What a counter gains in a second, altogether or by a label. */
export function perSecond(counter: Metric, by?: string): Promql {
  const gained = promql`rate(${counter}{namespace="$namespace"}[$__rate_interval])`;
  return by ? promql`sum by (${by}) (${gained})` : promql`sum(${gained})`;
}

/** Share of the lookups that found their key; nothing while nobody asks. */
export function hitRatio(): Promql {
  const [hits, misses] = [perSecond(redis.hits), perSecond(redis.misses)];
  return promql`${hits} / (${hits} + ${misses} > 0)`;
}

/** Seconds that a call takes; nothing while nobody calls. */
export function meanDuration(by?: string): Promql {
  return promql`${perSecond(redis.commandDuration, by)} / (${perSecond(redis.commands, by)} > 0)`;
}
