import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder as LokiQuery } from "@grafana/grafana-foundation-sdk/loki";
import {
  DataqueryBuilder as PrometheusQuery,
  PromQueryFormat,
  QueryEditorMode,
} from "@grafana/grafana-foundation-sdk/prometheus";
import type { Logql, Promql } from "../queries/query";
import { refIdAt } from "./ref-id";

/** A query, and the names of its series. */
export interface Shown {
  readonly query: Promql | Logql;
  /** Name of each series, with labels in braces: `{{route}}`. */
  readonly legend: string;
}

/** References to the variables for the data sources, so that a dashboard works in every Grafana. */
export const dataSource = {
  promql: { type: "prometheus", uid: "${metrics}" },
  logql: { type: "loki", uid: "${logs}" },
} as const;

/** How often the metrics of a query are scraped. */
export interface Scraped {
  /** Seconds between two scrapes of the metric that is scraped least often. @default those of the data source */
  readonly scrapeSeconds?: number;
}

/** Queries for the values of the time range, in the given order. */
export function ranges(
  shown: readonly Shown[],
  scraped: Scraped,
  format = PromQueryFormat.TimeSeries,
): Builder<Dataquery>[] {
  return shown.map(({ query, legend }, index) => {
    const refId = refIdAt(index);
    return query.language === "logql"
      ? loki(query, legend).refId(refId)
      : prometheus(query, legend, scraped).refId(refId).range().format(format);
  });
}

/** A query for the newest value only: a value of half an hour ago must not look like the current one. */
export function instant(query: Promql | Logql, legend: string, scraped: Scraped): Builder<Dataquery> {
  return query.language === "logql"
    ? loki(query, legend).refId("A").queryType("instant")
    : prometheus(query, legend, scraped).refId("A").instant();
}

/**
 * Queries for the newest values, in the given order: a column for each label, and one for the values of each query.
 * Grafana ignores the legend of a table. Here it names the label that each result must have, so that the checks find
 * its absence.
 */
export function tables(shown: readonly (Shown & { readonly query: Promql })[], scraped: Scraped): Builder<Dataquery>[] {
  return shown.map(({ query, legend }, index) =>
    prometheus(query, legend, scraped).refId(refIdAt(index)).instant().format(PromQueryFormat.Table),
  );
}

/** `$__rate_interval` depends on the interval of the query, and not on that of the panel. */
function prometheus({ text }: Promql, legend: string, { scrapeSeconds }: Scraped): PrometheusQuery {
  const query = new PrometheusQuery()
    .datasource(dataSource.promql)
    .editorMode(QueryEditorMode.Code)
    .expr(text)
    .legendFormat(legend);
  return scrapeSeconds === undefined ? query : query.interval(`${scrapeSeconds}s`);
}

function loki({ text }: Logql, legend: string): LokiQuery {
  return new LokiQuery().datasource(dataSource.logql).queryType("range").expr(text).legendFormat(legend);
}
