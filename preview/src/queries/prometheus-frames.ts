import type { Frame } from "./frame";
import { type Labels, legend } from "./legend";
import { sampleValue } from "./sample-value";

/** A point in time in seconds, and the value as text. */
export type Sample = readonly [number, string];

/** The `data` of an answer to a query. https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
export type PrometheusData =
  | {
      readonly resultType: "matrix";
      readonly result: readonly { readonly metric: Labels; readonly values: readonly Sample[] }[];
    }
  | { readonly resultType: "vector"; readonly result: readonly { readonly metric: Labels; readonly value: Sample }[] }
  | { readonly resultType: "scalar" | "string"; readonly result: Sample };

/** The query that was answered. */
export interface AnsweredQuery {
  readonly refId: string;
  readonly expr: string;
  /** Template for the name of each series, with `{{label}}` for the value of a label. @default all labels */
  readonly legendFormat?: string;
  /** Milliseconds between two points: a longer time without a point is a gap. @default it was an instant query */
  readonly stepMs?: number;
}

/** One frame for each series. */
export function prometheusFrames(data: PrometheusData, query: AnsweredQuery): readonly Frame[] {
  if (data.resultType === "matrix") return data.result.map(({ metric, values }) => series(metric, values, query));
  if (data.resultType === "vector") return data.result.map(({ metric, value }) => series(metric, [value], query));
  return [series({}, [data.result], query)];
}

function series(
  labels: Labels,
  samples: readonly Sample[],
  { refId, expr, legendFormat, stepMs }: AnsweredQuery,
): Frame {
  const name = legend(legendFormat, labels, expr);
  return {
    refId,
    ...(name !== undefined && { name }),
    fields: [
      {
        name: "Time",
        type: "time",
        values: samples.map(([seconds]) => Math.round(seconds * 1000)),
        config: stepMs === undefined ? {} : { interval: stepMs },
      },
      {
        name: "Value",
        type: "number",
        labels,
        values: samples.map(([, text]) => sampleValue(text)),
        config: name === undefined ? {} : { displayNameFromDS: name },
      },
    ],
    meta: { type: stepMs === undefined ? "numeric-multi" : "timeseries-multi" },
  };
}

/**
 * All series of a query as one table, for `format: "table"`: a column for each label.
 * @param oneOfSeveral tables of the panel, whose value columns Grafana distinguishes by the letters of their queries
 */
export function prometheusTable(data: PrometheusData, { refId, expr }: AnsweredQuery, oneOfSeveral: boolean): Frame {
  const rows =
    data.resultType === "vector"
      ? data.result.map(({ metric, value }) => ({ metric, value }))
      : data.resultType === "matrix"
        ? data.result.flatMap(({ metric, values }) => values.map((value) => ({ metric, value })))
        : [{ metric: {} as Labels, value: data.result }];
  const labels = [...new Set(rows.flatMap(({ metric }) => Object.keys(metric)))].sort();
  return {
    refId,
    name: expr,
    fields: [
      { name: "Time", type: "time", values: rows.map(({ value }) => Math.round(value[0] * 1000)), config: {} },
      ...labels.map((label) => ({
        name: label,
        type: "string" as const,
        values: rows.map(({ metric }) => metric[label] ?? ""),
        config: {},
      })),
      {
        name: oneOfSeveral ? `Value #${refId}` : "Value",
        type: "number",
        values: rows.map(({ value }) => sampleValue(value[1])),
        config: {},
      },
    ],
  };
}
