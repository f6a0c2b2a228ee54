import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Promql } from "../queries/query";
import { dataSource } from "./panel-queries";

export type Variable = Builder<VariableModel>;

/** The Prometheus that is queried. If one Grafana shows several environments, this variable selects one of them. */
export function metricsSource(uid: string): Variable {
  return source("metrics", "Metrics", dataSource.promql.type, uid, "Prometheus");
}

/** The Loki that is queried. */
export function logsSource(uid: string): Variable {
  return source("logs", "Logs", dataSource.logql.type, uid, "Loki");
}

/** Namespaces with scraped targets. The first one is the default. */
export function namespace(scraped: Promql): Variable {
  return new QueryVariableBuilder("namespace")
    .label("Namespace")
    .datasource(dataSource.promql)
    .query(`label_values(${scraped}, namespace)`)
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.AlphabeticalAsc);
}

/** Values of a label in the time range. Prometheus lists them without reading a sample. */
export interface Choice {
  readonly name: string;
  readonly title: string;
  readonly series: Promql;
  readonly label: string;
}

/** Values of a label. All of them are the default. */
export function choice({ name, title, series, label }: Choice): Variable {
  return new QueryVariableBuilder(name)
    .label(title)
    .datasource(dataSource.promql)
    .query(`label_values(${series}, ${label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".*")
    .current({ selected: true, text: "All", value: "$__all" });
}

/** The percentile of the panels that show a single one. */
export function percentile(): Variable {
  return new CustomVariableBuilder("percentile")
    .label("Percentile")
    .values("p50 : 0.5, p90 : 0.9, p95 : 0.95, p99 : 0.99")
    .current({ selected: true, text: "p95", value: "0.95" });
}

/** One of several fixed values; the first one is the default. */
export function options(name: string, label: string, values: Readonly<Record<string, string>>): Variable {
  const [[text, value] = ["", ""]] = Object.entries(values);
  return new CustomVariableBuilder(name)
    .label(label)
    .values(
      Object.entries(values)
        .map(([text, value]) => `${text} : ${value}`)
        .join(", "),
    )
    .current({ selected: true, text, value });
}

/** A text field. */
export function text(name: string, label: string, initial: string): Variable {
  return new TextBoxVariableBuilder(name)
    .label(label)
    .defaultValue(initial)
    .current({ selected: true, text: initial, value: initial });
}

function source(name: string, label: string, type: string, uid: string, text: string): Variable {
  return new DatasourceVariableBuilder(name).label(label).type(type).current({ selected: true, text, value: uid });
}
