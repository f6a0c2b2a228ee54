import type { DataTransformerConfig, FieldConfigSource } from "@grafana/data";
import type { Target } from "../queries/targets";
import type { VariableModel } from "../variables/model";
import type { OldRow } from "./panels-of";

/**
 * The fields of Grafana's classic JSON model of a dashboard that the page reads.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export interface DashboardModel {
  readonly uid?: string;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly timezone?: string;
  readonly time?: { readonly from: string; readonly to: string };
  readonly templating?: { readonly list?: readonly VariableModel[] };
  readonly annotations?: { readonly list?: readonly AnnotationModel[] };
  readonly links?: readonly LinkModel[];
  readonly panels?: readonly PanelModel[];
  /** In place of `panels`, before version 16 of the schema. */
  readonly rows?: readonly OldRow[];
}

/** @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export interface PanelModel {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly transparent?: boolean;
  readonly gridPos: GridPos;
  readonly datasource?: Target["datasource"];
  readonly targets?: readonly Target[];
  readonly fieldConfig?: FieldConfigSource;
  // biome-ignore lint/suspicious/noExplicitAny: each type of panel has options of its own
  readonly options?: any;
  readonly transformations?: readonly DataTransformerConfig[];
  readonly links?: readonly LinkModel[];
  readonly interval?: string;
  readonly maxDataPoints?: number | null;
  readonly timeFrom?: string;
  readonly timeShift?: string;
  readonly repeat?: string;
  readonly libraryPanel?: object;
  /** For a row: whether it is closed. Its panels are then in `panels` then. */
  readonly collapsed?: boolean;
  readonly panels?: readonly PanelModel[];
}

/** Position in columns (24 in total) and rows (of 30 px). */
export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export interface LinkModel {
  readonly title?: string;
  readonly type?: string;
  readonly url?: string;
  /** For a link to dashboards: the tags that the dashboards must have. */
  readonly tags?: readonly string[];
  readonly tooltip?: string;
  readonly targetBlank?: boolean;
}

/** @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export interface AnnotationModel {
  readonly name?: string;
  readonly enable?: boolean;
  readonly hide?: boolean;
  readonly iconColor?: string;
  readonly builtIn?: number | boolean;
  readonly datasource?: Target["datasource"];
  readonly expr?: string;
  readonly step?: string;
  readonly titleFormat?: string;
  readonly textFormat?: string;
}
