import type { GrafanaTheme2, TimeRange } from "@grafana/data";
import { AxisPlacement, ScaleDirection, ScaleOrientation } from "@grafana/schema";
import { UPlotChart, UPlotConfigBuilder } from "@grafana/ui";
import { useMemo } from "react";
import type uPlot from "uplot";

interface TimePlotProps {
  readonly range: TimeRange;
  readonly timeZone: string;
  readonly theme: GrafanaTheme2;
  readonly width: number;
  readonly height: number;
  /** Points at which the axis at the left is labelled, from 0 to `rows`. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly rows: number;
  /** Draws on the canvas, above the grid. */
  readonly draw: (u: uPlot) => void;
}

/** A plot with Grafana's axis of time, and rows in place of values. What is in the rows the caller draws. */
export function TimePlot({ range, timeZone, theme, width, height, ticks, rows, draw }: TimePlotProps) {
  const config = useMemo(() => {
    const builder = new UPlotConfigBuilder(timeZone);
    builder.addScale({
      scaleKey: "x",
      orientation: ScaleOrientation.Horizontal,
      direction: ScaleDirection.Right,
      isTime: true,
      range: () => [range.from.valueOf(), range.to.valueOf()],
    });
    builder.addScale({
      scaleKey: "y",
      orientation: ScaleOrientation.Vertical,
      direction: ScaleDirection.Up,
      range: () => [0, rows],
    });
    builder.addAxis({
      scaleKey: "x",
      isTime: true,
      placement: AxisPlacement.Bottom,
      timeZone,
      theme,
      grid: { show: false },
    });
    builder.addAxis({
      scaleKey: "y",
      placement: AxisPlacement.Left,
      theme,
      splits: ticks.map(({ at }) => at),
      values: ticks.map(({ text }) => text) as never,
      grid: { show: false },
      ticks: { show: false },
    });
    builder.addSeries({ scaleKey: "y", theme, pathBuilder: () => null, pointsBuilder: (() => undefined) as never });
    // A label at the upper edge needs room.
    builder.setPadding([8, 0, 0, 0]);
    builder.addHook("draw", draw);
    return builder;
  }, [range, timeZone, theme, ticks, rows, draw]);
  const data = useMemo(
    () =>
      [
        [range.from.valueOf(), range.to.valueOf()],
        [null, null],
      ] as uPlot.AlignedData,
    [range],
  );
  return <UPlotChart config={config} data={data} width={width} height={height} />;
}
