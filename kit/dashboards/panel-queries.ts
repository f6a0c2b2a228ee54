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

/** Asked over the time that is shown, in the order given. */
export function ranges(shown: readonly Shown[], format = PromQueryFormat.TimeSeries): Builder<Dataquery>[] {
  return shown.map(({ query, legend }, index) => {
    const refId = refIdAt(index);
    return query.language === "logql"
      ? loki(query, legend).refId(refId)
      : prometheus(query, legend).refId(refId).range().format(format);
  });
}

/** Asked for its newest value alone: what stopped half an hour ago must not look well. */
export function instant(query: Promql | Logql, legend: string): Builder<Dataquery> {
  return query.language === "logql"
    ? loki(query, legend).refId("A").queryType("instant")
    : prometheus(query, legend).refId("A").instant();
}

function prometheus({ text }: Promql, legend: string): PrometheusQuery {
  return new PrometheusQuery()
    .datasource(dataSource.promql)
    .editorMode(QueryEditorMode.Code)
    .expr(text)
    .legendFormat(legend);
}

function loki({ text }: Logql, legend: string): LokiQuery {
  return new LokiQuery().datasource(dataSource.logql).queryType("range").expr(text).legendFormat(legend);
}
