import type { Labels } from "../queries/legend";
import type { PrometheusData } from "../queries/prometheus-frames";

/** A data source from which variables read their values, for the period that the dashboard shows. */
export interface VariableSource {
  /** `query_result(...)`: at the end of that time. */
  readonly query: (expr: string) => Promise<PrometheusData>;
  /** Values of a label in the series of a selector. */
  readonly labelValues: (label: string, selector?: string) => Promise<readonly string[]>;
  readonly labelNames: (selector?: string) => Promise<readonly string[]>;
}

/** The results of a variable's query, before its regular expression. */
export async function queryResults(query: string, source: VariableSource): Promise<readonly string[]> {
  const [, selected, label] = /^label_values\((?:(.+),\s*)?([a-zA-Z_$][\w$]*)\)\s*$/s.exec(query) ?? [];
  if (label !== undefined) return source.labelValues(label, selected?.trim());
  const [, named] = /^label_names\((.*)\)\s*$/s.exec(query) ?? [];
  if (named !== undefined) return source.labelNames(named.trim() || undefined);
  const [, pattern] = /^metrics\((.*)\)\s*$/s.exec(query) ?? [];
  if (pattern !== undefined) {
    const names = await source.labelValues("__name__");
    return names.filter((name) => new RegExp(pattern).test(name));
  }
  const [, expr] = /^query_result\((.+)\)\s*$/s.exec(query) ?? [];
  if (expr !== undefined) return resultTexts(await source.query(expr));
  throw new Error(`the query of a variable must be label_values, label_names, metrics or query_result, got ${query}`);
}

/** Each result of an instant query as one text: `up{job="erp-api"} 1 1700000000000`. */
function resultTexts(data: PrometheusData): readonly string[] {
  if (data.resultType === "vector") {
    return data.result.map(({ metric, value: [seconds, value] }) => `${seriesText(metric)} ${value} ${seconds * 1000}`);
  }
  return data.resultType === "matrix" ? [] : [data.result[1]];
}

function seriesText({ __name__ = "", ...labels }: Labels): string {
  return `${__name__}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(",")}}`;
}
