import { rangeUtil } from "@grafana/data";
import type { Mark } from "../panels/panel-props";
import { prometheusApi } from "../queries/http-api";
import { alignTime } from "../queries/intervals";
import type { Labels } from "../queries/legend";
import { interpolate } from "../variables/interpolate";
import { type DashboardContext, formatIn, lookup, sourcePath, sourceType } from "./context";
import type { AnnotationModel, DashboardModel } from "./model";

const usualStep = "60s";

/** The annotations of a dashboard that query Prometheus. */
export interface Annotations {
  readonly marks: readonly Mark[];
  /** Annotations that only Grafana draws, and annotations whose query failed. */
  readonly notDrawn: readonly string[];
}

export async function readAnnotations(
  { annotations }: DashboardModel,
  context: DashboardContext,
): Promise<Annotations> {
  const asked = (annotations?.list ?? []).filter(({ enable, builtIn }) => enable && !builtIn);
  const found = await Promise.all(
    asked.map((annotation) =>
      marks(annotation, context).catch((error: Error) => `annotation ${annotation.name}: ${error.message}`),
    ),
  );
  return {
    marks: found.flatMap((one) => (typeof one === "string" ? [] : one)),
    notDrawn: found.filter((one) => typeof one === "string"),
  };
}

async function marks(annotation: AnnotationModel, context: DashboardContext): Promise<readonly Mark[]> {
  const type = sourceType(context, annotation.datasource);
  const base = type === "prometheus" ? sourcePath(context, type) : undefined;
  if (!base || !annotation.expr) throw new Error("only queries of Prometheus are drawn");
  const { range } = context;
  const stepMs = rangeUtil.intervalToMs(annotation.step || usualStep);
  const expr = interpolate(annotation.expr, lookup(context, range, { stepMs }), formatIn(context, "prometheus"));
  const [start, end] = [alignTime(range.from, stepMs) / 1000, alignTime(range.to, stepMs) / 1000];
  const data = await prometheusApi(base).range(expr, start, end, stepMs / 1000);
  if (data.resultType !== "matrix") return [];
  return data.result.flatMap(({ metric, values }) => {
    const times = values.filter(([, value]) => value !== "0").map(([seconds]) => seconds * 1000);
    return spans(times, stepMs).map((span) => ({
      ...span,
      colour: annotation.iconColor ?? "red",
      title: withLabels(annotation.titleFormat ?? annotation.name ?? "", metric),
      text: withLabels(annotation.textFormat ?? "", metric),
    }));
  });
}

/** Times that follow each other step by step are one span. */
function spans(times: readonly number[], stepMs: number): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const time of times) {
    const last = found.at(-1);
    if (last && time - last.to <= stepMs) last.to = time;
    else found.push({ from: time, to: time });
  }
  return found;
}

function withLabels(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label) => labels[label] ?? "");
}
