import { createDataFrame, type DataFrame, dateTime, rangeUtil, type TimeRange } from "@grafana/data";
import { type DashboardContext, formatIn, lookup, scrapeMs, sourcePath, sourceType } from "../dashboard/context";
import type { PanelModel } from "../dashboard/model";
import type { QueryFacts } from "../facts";
import type { Frame } from "../queries/frame";
import { runTarget } from "../queries/run-target";
import type { Target } from "../queries/targets";
import type { Span } from "../session";
import { interpolate } from "../variables/interpolate";
import { transform } from "./transform";

/** The data of a panel, and the queries that returned them. */
export interface PanelData {
  /** Time and variables of the queries. */
  readonly context: DashboardContext;
  readonly frames: readonly DataFrame[];
  readonly queries: readonly QueryFacts[];
  /** What Grafana does with the data and this page cannot do. */
  readonly notDrawn: readonly string[];
}

export function timeRange({ from, to }: Span): TimeRange {
  const range = { from: dateTime(from), to: dateTime(to) };
  return { ...range, raw: range };
}

/**
 * Queries the data of a panel. @param width of the panel in pixels, which determines the number of points
 */
export async function loadPanel(
  panel: PanelModel,
  context: DashboardContext,
  range: Span,
  width: number,
): Promise<PanelData> {
  const targets = (panel.targets ?? []).filter(({ hide }) => !hide);
  const answers = await Promise.all(targets.map((target) => answer(target, panel, context, range, width)));
  const frames = answers.flatMap(({ frames }) => frames).map(toDataFrame);
  const transformed = await transform(panel, frames, (text) => interpolate(text, lookup(context, range)));
  return {
    context,
    frames: transformed.frames,
    queries: answers.flatMap(({ query }) => query ?? []),
    notDrawn: [
      ...new Set([...answers.flatMap(({ notDrawn }) => notDrawn ?? []), ...transformed.notDrawn]),
      ...(panel.type === "table" && transformed.frames.length > 1 ? ["a choice of tables"] : []),
    ],
  };
}

interface Answer {
  readonly frames: readonly Frame[];
  /** The query that was sent. @default no query was sent */
  readonly query?: QueryFacts;
  /** Why no query was sent. @default a query was sent */
  readonly notDrawn?: string;
}

async function answer(
  target: Target,
  panel: PanelModel,
  context: DashboardContext,
  range: Span,
  width: number,
): Promise<Answer> {
  const datasource = target.datasource ?? panel.datasource;
  const type = sourceType(context, datasource);
  const base = type && sourcePath(context, type);
  if (!type || !base) return { frames: [], notDrawn: `data of ${nameOf(datasource, type)}` };
  const stepMs = panelStep(panel, context, range, width, type);
  const minimumMs = target.interval ? rangeUtil.intervalToMs(target.interval) : undefined;
  const instant = target.instant || target.queryType === "instant";
  const severalTables = (panel.targets ?? []).filter(({ format }) => format === "table").length > 1;
  const finds = lookup(context, range, { stepMs: Math.max(stepMs, minimumMs ?? 0), minimumMs, instant });
  const format = formatIn(context, type);
  const replace = (text: string) => interpolate(text, finds, format);
  const asked = { refId: target.refId, expr: replace(target.expr ?? "") };
  try {
    const { frames, samples } = await runTarget(target, {
      type,
      base,
      range,
      stepMs,
      severalTables,
      interpolate: replace,
    });
    return { frames, query: { ...asked, series: frames.length, ...(samples !== undefined && { samples }) } };
  } catch (error) {
    return {
      frames: [],
      query: { ...asked, series: 0, error: error instanceof Error ? error.message : String(error) },
    };
  }
}

/** Milliseconds between two points: one point per pixel, but at least the panel's minimum. */
function panelStep(panel: PanelModel, context: DashboardContext, range: Span, width: number, type: string): number {
  const usual = type === "prometheus" ? `${scrapeMs(context.session)}ms` : undefined;
  const minimum = panel.interval ? interpolate(panel.interval, lookup(context, range)).replace(/^>/, "") : usual;
  return rangeUtil.calculateInterval(timeRange(range), panel.maxDataPoints || width, minimum).intervalMs;
}

function nameOf(datasource: Target["datasource"], type: string | undefined): string {
  if (type) return type === "loki" ? "Loki, which is not available" : type;
  return typeof datasource === "string" ? datasource : (datasource?.type ?? datasource?.uid ?? "an unknown source");
}

/** Grafana's own type has functions and enumerations that the frames of this page lack. */
function toDataFrame(frame: Frame): DataFrame {
  return createDataFrame(structuredClone(frame) as unknown as Parameters<typeof createDataFrame>[0]);
}
