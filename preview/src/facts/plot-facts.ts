import { getFieldDisplayName } from "@grafana/data";
import type uPlot from "uplot";
import type { AxisFacts, LimitFacts, SeriesFacts } from "../facts";
import { hexColour } from "./colours";
import { printedAxis } from "./printed-axis";
import type { Sketch } from "./sketch";

type Plot = NonNullable<Sketch["plot"]>;

/** The lines of the plot, with their values before stacking. */
export function plottedSeries({ u, aligned }: Plot): readonly SeriesFacts[] {
  return u.series.flatMap((series, index): SeriesFacts[] => {
    const field = aligned.fields[index];
    if (index === 0 || !field || !series.show) return [];
    const values = field.values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
    return [
      {
        legend: getFieldDisplayName(field, aligned),
        colour: hexColour(strokeOf(u, index)),
        min: values.length > 0 ? Math.min(...values) : null,
        max: values.length > 0 ? Math.max(...values) : null,
        last: values.at(-1) ?? null,
        points: values.length,
      },
    ];
  });
}

function strokeOf(u: uPlot, index: number): string {
  const stroke = u.series[index]?.stroke as unknown;
  const colour = typeof stroke === "function" ? stroke(u, index) : stroke;
  return typeof colour === "string" ? colour : "";
}

/** The limits that Grafana draws, with their positions in the plot. */
export function limits({ u, aligned, theme }: Plot): readonly LimitFacts[] {
  const found = new Map<string, LimitFacts>();
  u.series.forEach((series, index) => {
    const { thresholds, custom } = aligned.fields[index]?.config ?? {};
    const mode: string = custom?.thresholdsStyle?.mode ?? "off";
    const scale = series.scale;
    if (index === 0 || !thresholds || mode === "off" || !scale) return;
    const plotHeight = u.over.clientHeight;
    thresholds.steps.slice(1).forEach((step, position) => {
      const before = thresholds.steps[position];
      const y = u.valToPos(step.value, scale);
      const visible = y >= 0 && y <= plotHeight;
      const line = mode.includes("line") || mode.includes("dashed");
      const colour = hexColour(
        theme.visualization.getColorByName(step.color === "transparent" ? (before?.color ?? "") : step.color),
      );
      found.set(`${scale} ${step.value}`, {
        value: step.value,
        colour,
        y,
        visible,
        plotHeight,
        area: mode.includes("area"),
        line,
      });
    });
  });
  return [...found.values()];
}

/** Axes with their labels. */
export function axes({ u }: Plot): readonly AxisFacts[] {
  return u.axes.flatMap((axis): AxisFacts[] => {
    const { scale = "x", show } = axis;
    const { min, max } = u.scales[scale] ?? {};
    if (scale === "x" || show === false || min == null || max == null) return [];
    return [{ min, max, ticks: printedAxis(axis).ticks }];
  });
}
