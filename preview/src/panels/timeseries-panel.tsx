import { DashboardCursorSync, type DataFrame, EventBusSrv, type Field, FieldType } from "@grafana/data";
import { LegendDisplayMode, SortOrder, TooltipDisplayMode } from "@grafana/schema";
import {
  getFieldDisplayItems,
  getFieldDisplayLinks,
  PanelContextProvider,
  TimeSeries,
  TooltipPlugin2,
  type UPlotConfigBuilder,
  VizTooltipContent,
  VizTooltipFooter,
  VizTooltipHeader,
  VizTooltipWrapper,
} from "@grafana/ui";
import { useLayoutEffect, useMemo, useRef } from "react";
import { drawMarks, drawSpan } from "../drawing/marks";
import { EmptyPanel } from "./empty-panel";
import type { PanelProps } from "./panel-props";

/** Whether a cursor selects all lines at its time or the nearest one. The enumeration is not exported. */
const hover = { column: 1, line: 0 } as const;

export function TimeseriesPanel(props: PanelProps) {
  const { panel, frames, range, timeZone, theme, width, height } = props;
  const { legend, tooltip } = panel.options ?? {};
  const plotted = useMemo(() => frames.filter(isPlottable).map(withoutInfinity), [frames]);
  const options = useMemo(() => ({ firing: props.firing, marks: props.marks }), [props.firing, props.marks]);
  const context = useMemo(
    () => ({ eventsScope: "dashboard", eventBus: new EventBusSrv(), sync: () => DashboardCursorSync.Crosshair }),
    [],
  );
  const legendOptions = useMemo(
    () => ({
      displayMode: LegendDisplayMode.List,
      placement: "bottom" as const,
      showLegend: true,
      calcs: [],
      ...legend,
    }),
    [legend],
  );
  if (plotted.length === 0) return <EmptyPanel {...props} />;
  return (
    <PanelContextProvider value={context}>
      <TimeSeries
        frames={plotted}
        timeRange={range}
        timeZone={timeZone}
        width={width}
        height={height}
        legend={legendOptions}
        options={options}
        key={theme.name}
      >
        {(config, aligned) => (
          <>
            <Overlay {...props} config={config} aligned={aligned} />
            {tooltip?.mode !== TooltipDisplayMode.None && (
              <TooltipPlugin2
                config={config}
                hoverMode={(tooltip?.mode === TooltipDisplayMode.Multi ? hover.column : hover.line) as never}
                queryZoom={props.onZoom}
                getDataLinks={(seriesIdx, dataIdx) => linksOf(aligned.fields[seriesIdx], dataIdx)}
                render={(_, dataIdxs, seriesIdx, isPinned, __, ___, ____, links) => (
                  <Tooltip {...{ aligned, dataIdxs, seriesIdx, isPinned, links, tooltip }} />
                )}
              />
            )}
          </>
        )}
      </TimeSeries>
    </PanelContextProvider>
  );
}

function isPlottable(frame: DataFrame): boolean {
  return (
    frame.length > 0 &&
    frame.fields.some(({ type }) => type === FieldType.time) &&
    frame.fields.some(({ type }) => type === FieldType.number)
  );
}

/** Grafana leaves gaps where a value is no number, or infinite. */
function withoutInfinity(frame: DataFrame): DataFrame {
  const fields = frame.fields.map((field) =>
    field.type === FieldType.number
      ? { ...field, values: field.values.map((value) => (Number.isFinite(value) ? value : null)) }
      : field,
  );
  return { ...frame, fields };
}

function linksOf(field: Field | undefined, row: number) {
  return field ? getFieldDisplayLinks(field, row) : [];
}

/** Draws the marks of the dashboard, and stores the plot for the facts. */
function Overlay(props: PanelProps & { readonly config: UPlotConfigBuilder; readonly aligned: DataFrame }) {
  const latest = useRef(props);
  latest.current = props;
  const { config } = props;
  useLayoutEffect(() => {
    config.addHook("drawClear", (u) => {
      const { firing, theme } = latest.current;
      if (firing) drawSpan(u, firing, theme.visualization.getColorByName("red"));
    });
    config.addHook("draw", (u) => {
      const { marks, theme, sketch, aligned } = latest.current;
      drawMarks(u, marks, theme);
      sketch.plot = { u, aligned, theme };
    });
  }, [config]);
  return null;
}

interface TooltipProps {
  readonly aligned: DataFrame;
  readonly dataIdxs: Array<number | null>;
  readonly seriesIdx: number | null;
  readonly isPinned: boolean;
  readonly links: ReturnType<typeof getFieldDisplayLinks> | unknown[];
  readonly tooltip: { readonly mode?: TooltipDisplayMode; readonly sort?: SortOrder } | undefined;
}

function Tooltip({ aligned, dataIdxs, seriesIdx, isPinned, links, tooltip }: TooltipProps) {
  const [time] = aligned.fields;
  if (!time) return null;
  const row = dataIdxs.find((index) => index !== null) ?? 0;
  const mode = tooltip?.mode ?? TooltipDisplayMode.Single;
  const items = getFieldDisplayItems(aligned.fields, time, dataIdxs, seriesIdx, mode, tooltip?.sort ?? SortOrder.None);
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader
        item={{ label: "", value: String(time.display?.(time.values[row]).text ?? "") }}
        isPinned={isPinned}
      />
      <VizTooltipContent items={items} isPinned={isPinned} />
      {isPinned && links.length > 0 && (
        <VizTooltipFooter dataLinks={links as ReturnType<typeof getFieldDisplayLinks>} />
      )}
    </VizTooltipWrapper>
  );
}
