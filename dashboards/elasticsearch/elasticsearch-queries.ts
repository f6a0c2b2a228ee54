import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";
import { elasticsearchJob } from "../../metrics/elasticsearch/elasticsearch-metrics";

/** What panels about Elasticsearch have in common: how often they are fed, and what it means when they are not. */
export const scraped = { scrapeSeconds: elasticsearchJob.intervalSeconds, empty: "no answer" } as const;

/** A gauge of the cluster as it is. */
export function currentValue(gauge: Metric): Promql {
  return promql`max(${gauge}{namespace="$namespace"})`;
}

/** What a counter gains in a second, altogether or by a label. */
export function perSecond(counter: Metric, by?: string): Promql {
  const gained = promql`rate(${counter}{namespace="$namespace"}[$__rate_interval])`;
  return by ? promql`sum by (${by}) (${gained})` : promql`sum(${gained})`;
}

/** Mean time of one; nothing while there was none. */
export function meanDuration(seconds: Metric, times: Metric, by?: string): Promql {
  return promql`${perSecond(seconds, by)} / (${perSecond(times, by)} > 0)`;
}
