import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { refIdAt } from "./ref-id";

/**
 * A query of a panel, as Grafana's model of a dashboard contains it. Only the fields that we read are listed.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export interface Target {
  readonly refId?: string;
  readonly expr?: string;
  readonly legendFormat?: string;
  readonly format?: string;
  /** Whether the query returns only the newest value. */
  readonly instant?: boolean;
  /** Whether the query returns the values of the time range, as it does if neither is set. */
  readonly range?: boolean;
  /** The minimum time between two points, such as `1m`. */
  readonly interval?: string;
  /** Factor by which the time between two points is longer than the interval. */
  readonly intervalFactor?: number;
  readonly datasource?: { readonly type?: string; readonly uid?: string };
}

/** The queries of a panel. A query without a letter gets one by its position, as in Grafana. */
export function targetsOf({ targets = [] }: Panel): readonly Target[] {
  return (targets as readonly Target[]).map((target, index) => ({ refId: refIdAt(index), ...target }));
}
