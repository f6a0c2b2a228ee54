import type { ComponentType } from "react";
import type { PanelModel } from "../dashboard/model";
import { BarGaugePanel } from "./bar-gauge-panel";
import { GaugePanel } from "./gauge-panel";
import { HeatmapPanel } from "./heatmap-panel";
import { LogsPanel } from "./logs-panel";
import type { PanelProps } from "./panel-props";
import { StatPanel } from "./stat-panel";
import { StateTimelinePanel } from "./state-timeline-panel";
import { TablePanel } from "./table-panel";
import { TextPanel } from "./text-panel";
import { TimeseriesPanel } from "./timeseries-panel";

const types: Readonly<Record<string, ComponentType<PanelProps>>> = {
  bargauge: BarGaugePanel,
  gauge: GaugePanel,
  heatmap: HeatmapPanel,
  logs: LogsPanel,
  stat: StatPanel,
  "state-timeline": StateTimelinePanel,
  table: TablePanel,
  text: TextPanel,
  timeseries: TimeseriesPanel,
};

/** The component that draws a panel. Undefined if only Grafana itself can draw it. */
export function componentOf({ type, libraryPanel }: PanelModel): ComponentType<PanelProps> | undefined {
  return libraryPanel ? undefined : types[type];
}

export function isDrawn(panel: PanelModel): boolean {
  return componentOf(panel) !== undefined;
}
