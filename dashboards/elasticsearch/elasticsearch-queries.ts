import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";
import { elasticsearchJob } from "../../metrics/elasticsearch/elasticsearch-metrics";

/** Scrape interval of the panels about Elasticsearch, and their text when there is no data. */
export const scraped = { scrapeSeconds: elasticsearchJob.intervalSeconds, empty: "no answer" } as const;

/** Current value of a gauge of the cluster. */
export function currentValue(gauge: Metric): Promql {
  return promql`max(${gauge}{namespace="$namespace"})`;
}

/** Increase of a counter per second, in total or by a label. */
export function perSecond(counter: Metric, by?: string): Promql {
  const gained = promql`rate(${counter}{namespace="$namespace"}[$__rate_interval])`;
  return by ? promql`sum by (${by}) (${gained})` : promql`sum(${gained})`;
}

/** Mean duration of one operation; no result while there are no operations. */
export function meanDuration(seconds: Metric, times: Metric, by?: string): Promql {
  return promql`${perSecond(seconds, by)} / (${perSecond(times, by)} > 0)`;
}
