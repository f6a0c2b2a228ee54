import { css } from "@emotion/css";
import { type DataFrame, FieldType, formattedValueToString, getFieldDisplayName, getValueFormat } from "@grafana/data";
import { useCallback, useMemo } from "react";
import type uPlot from "uplot";
import { colourScale } from "../drawing/colour-scale";
import { drawCells, type HeatRow } from "../drawing/heat-cells";
import { drawMarks } from "../drawing/marks";
import { TimePlot } from "../drawing/time-plot";
import { EmptyPanel } from "./empty-panel";
import type { PanelProps } from "./panel-props";

/** Buckets over time; fuller buckets have stronger colours. Grafana's packages do not contain its heatmap. */
export function HeatmapPanel(props: PanelProps) {
  const { panel, frames, theme, width, height, marks, sketch } = props;
  const options = panel.options ?? {};
  const rows = useMemo(() => frames.flatMap((frame) => heatRow(frame, frames)), [frames]);
  const { unit = "short", decimals } = options.yAxis ?? {};
  const ticks = useMemo(
    () => rows.map(({ name }, index) => ({ at: index + 1, text: bound(name, unit, decimals) })),
    [rows, unit, decimals],
  );
  const least: number = options.filterValues?.le ?? Number.NEGATIVE_INFINITY;
  const scale = useMemo(() => colourScale(options.color ?? {}, theme), [options.color, theme]);
  const values = useMemo(() => rows.flatMap((row) => row.values).filter((value) => value > least), [rows, least]);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const colourOf = useCallback(
    (value: number) => scale(max > min ? (value - min) / (max - min) : 1),
    [scale, min, max],
  );
  const draw = useCallback(
    (u: uPlot) => {
      drawCells(u, rows, { least, gap: options.cellGap ?? 1, colour: colourOf });
      drawMarks(u, marks, theme);
    },
    [rows, least, options.cellGap, colourOf, marks, theme],
  );
  const describe = useCallback(
    (time: number, height: number) => {
      const row = rows[Math.floor(height)];
      const index = row?.times.findIndex((end) => end >= time) ?? -1;
      const value = row?.values[index];
      return row && value !== undefined && value > least
        ? { label: bound(row.name, unit, decimals), value: show(value, panel), color: colourOf(value) }
        : undefined;
    },
    [rows, least, unit, decimals, panel, colourOf],
  );
  if (rows.length === 0) return <EmptyPanel {...props} />;
  sketch.series = rows.map(({ name, values }) => ({
    legend: name,
    colour: "",
    min: Math.min(...values),
    max: Math.max(...values),
    last: values.at(-1) ?? null,
    points: values.filter((value) => value > least).length,
  }));
  const legendHeight = options.legend?.show === false ? 0 : 30;
  return (
    <>
      <TimePlot
        {...props}
        height={height - legendHeight}
        ticks={ticks}
        rows={rows.length}
        draw={draw}
        describe={describe}
      />
      {legendHeight > 0 && values.length > 0 && (
        <Scale {...{ scale, width }} from={show(min, panel)} to={show(max, panel)} />
      )}
    </>
  );
}

function heatRow(frame: DataFrame, frames: DataFrame[]): HeatRow[] {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const value = frame.fields.find(({ type }) => type === FieldType.number);
  if (!time || !value) return [];
  const name = value.labels?.le ?? getFieldDisplayName(value, frame, frames);
  return [{ name, times: time.values, values: value.values, interval: time.config.interval ?? undefined }];
}

/** The upper bound of a bucket, printed at its upper edge. */
function bound(name: string, unit: string, decimals: number | undefined): string {
  const value = Number(name);
  return name !== "" && Number.isFinite(value) ? formattedValueToString(getValueFormat(unit)(value, decimals)) : name;
}

/** The value of a cell, in the unit of the cells or of the panel. */
function show(value: number, { options, fieldConfig }: PanelProps["panel"]): string {
  const unit: string = options?.cellValues?.unit ?? fieldConfig?.defaults.unit ?? "short";
  return formattedValueToString(getValueFormat(unit)(value, options?.cellValues?.decimals));
}

interface ScaleProps {
  readonly scale: (share: number) => string;
  readonly width: number;
  readonly from: string;
  readonly to: string;
}

function Scale({ scale, width, from, to }: ScaleProps) {
  const stops = Array.from({ length: 11 }, (_, index) => scale(index / 10)).join(", ");
  return (
    <div style={{ width: Math.min(width, 300), fontSize: 11 }}>
      <div style={{ height: 9, background: `linear-gradient(90deg, ${stops})` }} />
      <div className={css({ display: "flex", justifyContent: "space-between" })}>
        <span>{from}</span>
        <span>{to}</span>
      </div>
    </div>
  );
}
