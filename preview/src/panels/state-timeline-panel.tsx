import { type DataFrame, type Field, FieldType, formattedValueToString, getFieldDisplayName } from "@grafana/data";
import { LegendDisplayMode } from "@grafana/schema";
import { VizLayout, VizLegend } from "@grafana/ui";
import { useCallback, useMemo } from "react";
import type uPlot from "uplot";
import { drawMarks, drawSpan } from "../drawing/marks";
import { drawStates, type StateRow, statesOf } from "../drawing/states";
import { TimePlot } from "../drawing/time-plot";
import { hexColour } from "../facts/colours";
import { EmptyPanel } from "./empty-panel";
import type { PanelProps } from "./panel-props";

const usual = { rowHeight: 0.9, mergeValues: true, showValue: "auto", alignValue: "left" };

/** Each series as a row of coloured bars, one per state. Grafana's packages do not contain its state timeline. */
export function StateTimelinePanel(props: PanelProps) {
  const { panel, frames, range, theme, width, height, marks, firing, sketch } = props;
  const options = { ...usual, ...panel.options };
  const fillOpacity: number = panel.fieldConfig?.defaults.custom?.fillOpacity ?? 70;
  const rows = useMemo(() => frames.flatMap((frame) => stateRows(frame, frames, range.to.valueOf())), [frames, range]);
  const ticks = useMemo(() => rows.map(({ name }, index) => ({ at: rows.length - index - 0.5, text: name })), [rows]);
  const draw = useCallback(
    (u: uPlot) => {
      if (firing) drawSpan(u, firing, theme.visualization.getColorByName("red"));
      drawStates(u, rows, { rowHeight: options.rowHeight, fillOpacity, showValue: options.showValue, theme });
      drawMarks(u, marks, theme);
    },
    [rows, options.rowHeight, options.showValue, fillOpacity, marks, firing, theme],
  );
  const describe = useCallback(
    (time: number, height: number) => {
      const row = rows[rows.length - 1 - Math.floor(height)];
      const state = row?.states.find(({ from, to }) => from <= time && time < to);
      return row && state && { label: row.name, value: state.text, color: state.colour };
    },
    [rows],
  );
  if (rows.length === 0) return <EmptyPanel {...props} />;
  sketch.series = rows.map(({ name, states, values }) => ({
    legend: name,
    colour: hexColour(states.at(-1)?.colour ?? ""),
    min: Math.min(...values),
    max: Math.max(...values),
    last: values.at(-1) ?? null,
    points: values.length,
  }));
  return (
    <VizLayout width={width} height={height} legend={options.legend?.showLegend === false ? null : legend(rows)}>
      {(plotWidth, plotHeight) => (
        <TimePlot
          {...props}
          width={plotWidth}
          height={plotHeight}
          ticks={ticks}
          rows={rows.length}
          draw={draw}
          describe={describe}
        />
      )}
    </VizLayout>
  );
}

function stateRows(frame: DataFrame, frames: DataFrame[], end: number): StateRow[] {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  if (!time) return [];
  return frame.fields
    .filter((field) => field !== time)
    .map((field) => ({
      name: getFieldDisplayName(field, frame, frames),
      states: statesOf(time.values, field.values, time.config.interval ?? undefined, end, (value) =>
        describeState(field, value),
      ),
      values: field.values.filter((value) => typeof value === "number"),
    }));
}

function describeState(field: Field, value: unknown) {
  const display = field.display?.(value);
  return { text: display ? formattedValueToString(display) : String(value), colour: display?.color ?? "#808080" };
}

/** The legend: each state that occurs, in place of the series. */
function legend(rows: readonly StateRow[]) {
  const states = new Map(rows.flatMap(({ states }) => states).map((state) => [`${state.text} ${state.colour}`, state]));
  const items = [...states.values()].map(({ text, colour }) => ({ label: text, color: colour, yAxis: 1 }));
  return (
    <VizLayout.Legend placement="bottom">
      <VizLegend placement="bottom" items={items} displayMode={LegendDisplayMode.List} readonly />
    </VizLayout.Legend>
  );
}
