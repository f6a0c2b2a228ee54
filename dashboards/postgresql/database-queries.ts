import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";
import { postgresqlJob } from "../../metrics/postgresql/postgresql-metrics";

/** Matchers of the chosen namespace and databases. The templates of new databases are not shown. */
export const inNamespace = 'namespace="$namespace"';
export const inDatabase = `${inNamespace},datname=~"$datname",datname!~"template.*"`;

/** Sessions of clients other than the exporter. */
export const ofOthers = `application_name!="${postgresqlJob.name}"`;

/** Scrape interval of the exporter, which is longer than that of the ERP, and the text without data. */
export const exported = { scrapeSeconds: postgresqlJob.intervalSeconds, empty: "not scraped" };

/** Increase per second of a counter that exists for each database. */
export function perSecond(counter: Metric): Promql {
  return promql`rate(${counter}{${inDatabase}}[$__rate_interval])`;
}
