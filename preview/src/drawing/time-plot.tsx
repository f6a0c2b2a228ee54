import { dateTimeFormat, type GrafanaTheme2, type TimeRange } from "@grafana/data";
import { AxisPlacement, ScaleDirection, ScaleOrientation } from "@grafana/schema";
import {
  Portal,
  UPlotChart,
  UPlotConfigBuilder,
  VizTooltipContainer,
  VizTooltipContent,
  VizTooltipHeader,
  VizTooltipWrapper,
} from "@grafana/ui";
import { type ComponentProps, useCallback, useMemo, useRef, useState } from "react";
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
  /** The content at a time and a height between 0 and `rows`. Undefined if there is none. */
  readonly describe: (time: number, height: number) => VizTooltipItem | undefined;
}

type VizTooltipItem = ComponentProps<typeof VizTooltipContent>["items"][number];

/** A plot with Grafana's time axis and with rows in place of a value axis. The caller draws the contents of the rows. */
export function TimePlot({ range, timeZone, theme, width, height, ticks, rows, draw, describe }: TimePlotProps) {
  const plot = useRef<uPlot>(undefined);
  const [cursor, setCursor] = useState<{ readonly x: number; readonly y: number }>();
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
  const keep = useCallback((u: uPlot) => {
    plot.current = u;
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the mouse only shows what the legend and the axes say too
    <div onMouseMove={({ clientX: x, clientY: y }) => setCursor({ x, y })} onMouseLeave={() => setCursor(undefined)}>
      <UPlotChart config={config} data={data} width={width} height={height} plotRef={keep} />
      {cursor && plot.current && <HoverTooltip {...{ u: plot.current, timeZone, describe }} {...cursor} />}
    </div>
  );
}

interface HoverTooltipProps extends Pick<TimePlotProps, "timeZone" | "describe"> {
  readonly u: uPlot;
  /** In pixels of the window. */
  readonly x: number;
  readonly y: number;
}

function HoverTooltip({ u, timeZone, describe, x, y }: HoverTooltipProps) {
  const { left, top, width, height } = u.over.getBoundingClientRect();
  if (x < left || y < top || x > left + width || y > top + height) return null;
  const time = u.posToVal(x - left, "x");
  const item = describe(time, u.posToVal(y - top, "y"));
  if (!item) return null;
  return (
    <Portal>
      <VizTooltipContainer position={{ x, y }} offset={{ x: 10, y: 10 }}>
        <VizTooltipWrapper>
          <VizTooltipHeader item={{ label: "", value: dateTimeFormat(time, { timeZone }) }} />
          <VizTooltipContent items={[item]} />
        </VizTooltipWrapper>
      </VizTooltipContainer>
    </Portal>
  );
}
