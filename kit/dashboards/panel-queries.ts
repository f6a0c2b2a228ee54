import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder as LokiQuery } from "@grafana/grafana-foundation-sdk/loki";
import {
  DataqueryBuilder as PrometheusQuery,
  PromQueryFormat,
  QueryEditorMode,
} from "@grafana/grafana-foundation-sdk/prometheus";
import type { Logql, Promql } from "../queries/query";
import { refIdAt } from "./ref-id";

/** A query and how its series are named. */
export interface Shown {
  readonly query: Promql | Logql;
  /** With labels in braces: `{{route}}`. */
  readonly legend: string;
}

/** Variables that hold the data sources: a dashboard works wherever they are. */
export const dataSource = {
  promql: { type: "prometheus", uid: "${metrics}" },
  logql: { type: "loki", uid: "${logs}" },
} as const;

/** How often the metrics of a query are scraped. */
export interface Scraped {
  /** The seconds that lie between two scrapes of the slowest metric. @default those of the data source */
  readonly scrapeSeconds?: number;
}

/** Asked over the time that is shown, in the order given. */
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

/** Asked for its newest value alone: what stopped half an hour ago must not look well. */
export function instant(query: Promql | Logql, legend: string, scraped: Scraped): Builder<Dataquery> {
  return query.language === "logql"
    ? loki(query, legend).refId("A").queryType("instant")
    : prometheus(query, legend, scraped).refId("A").instant();
}

/**
 * Asked for their newest values, in the order given: a column for each label, and one for the values of each query. Grafana
 * reads no legend of a table; ours says which label each result must have, so that a query that lacks it is refused.
 */
export function tables(shown: readonly (Shown & { readonly query: Promql })[], scraped: Scraped): Builder<Dataquery>[] {
  return shown.map(({ query, legend }, index) =>
    prometheus(query, legend, scraped).refId(refIdAt(index)).instant().format(PromQueryFormat.Table),
  );
}

/** `$__rate_interval` follows the interval of the query, and not that of the panel. */
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
