import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";
import { redis, redisJob } from "../../metrics/redis/redis-metrics";

/** Scrape interval of the panels about Redis, and their text when there is no data. */
export const scraped = { scrapeSeconds: redisJob.intervalSeconds, empty: "not scraped" } as const;

/** Current value of a gauge. */
export function currentValue(gauge: Metric): Promql {
  return promql`max(${gauge}{namespace="$namespace"})`;
}

/** Increase of a counter per second, in total or by a label. */
export function perSecond(counter: Metric, by?: string): Promql {
  const gained = promql`rate(${counter}{namespace="$namespace"}[$__rate_interval])`;
  return by ? promql`sum by (${by}) (${gained})` : promql`sum(${gained})`;
}

/** Share of the lookups that found their key; no result without lookups. */
export function hitRatio(): Promql {
  const [hits, misses] = [perSecond(redis.hits), perSecond(redis.misses)];
  return promql`${hits} / (${hits} + ${misses} > 0)`;
}

/** Mean seconds of a call; no result without calls. */
export function meanDuration(by?: string): Promql {
  return promql`${perSecond(redis.commandDuration, by)} / (${perSecond(redis.commands, by)} > 0)`;
}
