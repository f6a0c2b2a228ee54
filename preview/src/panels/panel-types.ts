import type { ComponentType } from "react";
import type { PanelModel } from "../dashboard/model";
import { NotDrawn } from "./not-drawn";
import type { PanelProps } from "./panel-props";
import { StatPanel } from "./stat-panel";
import { TimeseriesPanel } from "./timeseries-panel";

const types: Readonly<Record<string, ComponentType<PanelProps>>> = {
  stat: StatPanel,
  timeseries: TimeseriesPanel,
};

export function componentOf({ type, libraryPanel }: PanelModel): ComponentType<PanelProps> {
  return libraryPanel ? NotDrawn : (types[type] ?? NotDrawn);
}
