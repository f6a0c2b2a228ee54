import type { Frame } from "./frame";
import type { Labels } from "./legend";
import { type AnsweredQuery, type PrometheusData, prometheusFrames } from "./prometheus-frames";

/** The `data` of an answer of Loki. https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
export type LokiData =
  | PrometheusData
  | {
      readonly resultType: "streams";
      readonly result: readonly {
        readonly stream: Labels;
        readonly values: readonly (readonly [string, string, ...unknown[]])[];
      }[];
    };

/** One frame for each series, or one frame with all lines, newest first. */
export function lokiFrames(data: LokiData, query: AnsweredQuery): readonly Frame[] {
  if (data.resultType !== "streams") return prometheusFrames(data, query);
  const lines = data.result
    .flatMap(({ stream, values }) => values.map(([nanoseconds, line]) => ({ stream, nanoseconds, line })))
    .sort((a, b) => (a.nanoseconds < b.nanoseconds ? 1 : -1));
  if (lines.length === 0) return [];
  return [
    {
      refId: query.refId,
      fields: [
        { name: "labels", type: "other", values: lines.map(({ stream }) => stream), config: {} },
        {
          name: "Time",
          type: "time",
          values: lines.map(({ nanoseconds }) => Number(nanoseconds.slice(0, -6))),
          config: {},
        },
        { name: "Line", type: "string", values: lines.map(({ line }) => line), config: {} },
      ],
      meta: { type: "log-lines" },
    },
  ];
}
