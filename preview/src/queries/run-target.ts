import { rangeUtil } from "@grafana/data";
import type { Span } from "../session";
import type { Frame } from "./frame";
import { heatmapFrames } from "./heatmap-frames";
import { lokiApi, prometheusApi, type Statistics } from "./http-api";
import { alignTime, durationText, safeStep } from "./intervals";
import { lokiFrames } from "./loki-frames";
import { type AnsweredQuery, prometheusFrames, prometheusTable } from "./prometheus-frames";
import type { Target } from "./targets";

/** Server and time of a query. */
export interface Run {
  readonly type: "prometheus" | "loki";
  /** Path before `/api/v1` or `/loki/api/v1`. */
  readonly base: string;
  readonly range: Span;
  /** Milliseconds between two points. */
  readonly stepMs: number;
  /** Whether the panel has queries for more than one table. */
  readonly severalTables: boolean;
  /** Replaces the variables, with the values that they have at this step. */
  readonly interpolate: (text: string) => string;
}

export interface TargetData {
  readonly frames: readonly Frame[];
  /** The samples that Prometheus read. @default the data source does not report them */
  readonly samples?: number;
}

/** Number of lines that Grafana requests from Loki by default. */
const usualLines = 1000;

export function runTarget(target: Target, run: Run): Promise<TargetData> {
  const expr = run.interpolate(target.expr ?? "");
  const legendFormat = target.legendFormat && run.interpolate(target.legendFormat);
  const query = { refId: target.refId, expr, legendFormat };
  return run.type === "loki" ? runLoki(target, run, query) : runPrometheus(target, run, query);
}

async function runPrometheus(target: Target, { base, range, ...run }: Run, query: AnsweredQuery): Promise<TargetData> {
  const api = prometheusApi(base);
  const frames: Frame[] = [];
  let samples = 0;
  const count = ({ stats }: Statistics) => {
    samples += stats?.samples?.totalQueryableSamples ?? 0;
  };
  if (target.range || !target.instant) {
    const minimum = target.interval ? rangeUtil.intervalToMs(run.interpolate(target.interval)) : 0;
    const stepMs = safeStep(Math.max(run.stepMs, minimum), range.to - range.from);
    const start = alignTime(range.from, stepMs) / 1000;
    const data = await api.range(query.expr, start, alignTime(range.to, stepMs) / 1000, stepMs / 1000);
    count(data);
    if (target.format === "table") frames.push(prometheusTable(data, query, run.severalTables));
    else frames.push(...convertFrames(prometheusFrames(data, { ...query, stepMs }), target.format));
  }
  if (target.instant) {
    const data = await api.instant(query.expr, range.to / 1000);
    count(data);
    if (target.format === "table") frames.push(prometheusTable(data, query, run.severalTables));
    else frames.push(...convertFrames(prometheusFrames(data, query), target.format));
  }
  return { frames, samples };
}

function convertFrames(frames: readonly Frame[], format: string | undefined): readonly Frame[] {
  return format === "heatmap" ? heatmapFrames(frames) : frames;
}

async function runLoki(target: Target, { base, range, stepMs }: Run, query: AnsweredQuery): Promise<TargetData> {
  const api = lokiApi(base);
  if (target.queryType === "instant" || target.instant) {
    return { frames: lokiFrames(await api.instant(query.expr, range.to / 1000), query) };
  }
  const lines = Number(target.maxLines) || usualLines;
  const direction = target.direction ?? "backward";
  const data = await api.range(query.expr, range.from / 1000, range.to / 1000, durationText(stepMs), lines, direction);
  return { frames: lokiFrames(data, { ...query, stepMs }) };
}
