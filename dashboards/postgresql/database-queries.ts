import type { Metric } from "../../kit/metrics/metric";
import { type Promql, promql } from "../../kit/queries/query";
import { postgresqlJob } from "../../metrics/postgresql/postgresql-metrics";

/** What the variables of the dashboard choose. Nobody works in the templates of new databases. */
export const inNamespace = 'namespace="$namespace"';
export const inDatabase = `${inNamespace},datname=~"$datname",datname!~"template.*"`;

/** Sessions of clients other than the exporter. */
export const ofOthers = `application_name!="${postgresqlJob.name}"`;

/** Panels of the exporter's metrics, which come more slowly than those of the ERP. */
export const exported = { scrapeSeconds: postgresqlJob.intervalSeconds, empty: "not scraped" };

/** Of a counter that there is for each database. */
export function perSecond(counter: Metric): Promql {
  return promql`rate(${counter}{${inDatabase}}[$__rate_interval])`;
}
