/**
 * A query of a panel, as the JSON of a dashboard has it.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export interface Target {
  readonly refId: string;
  readonly expr?: string;
  readonly datasource?: { readonly type?: string; readonly uid?: string } | string | null;
  readonly legendFormat?: string;
  readonly format?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  /** The "Min step" of the query. @default the panel's */
  readonly interval?: string;
  readonly queryType?: string;
  readonly maxLines?: number | string;
  readonly direction?: string;
  readonly hide?: boolean;
}
