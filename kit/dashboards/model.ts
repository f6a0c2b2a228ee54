import type { Panel, VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Model } from "./dashboard";
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
  /** Asked for its newest value. */
  readonly instant?: boolean;
  /** Asked over the time that is shown; so is a query that says neither. */
  readonly range?: boolean;
  /** The least time between two points, such as `1m`. */
  readonly interval?: string;
  /** How many of these times really lie between two points. */
  readonly intervalFactor?: number;
  readonly datasource?: { readonly type?: string; readonly uid?: string };
}

/** Every panel that shows something: rows are only headings. */
export function panelsOf({ panels = [] }: Model): Panel[] {
  return panels.flatMap((panel) => ("panels" in panel ? panel.panels : [panel as Panel]));
}

/** The queries of a panel. Those without a letter get one in their order, as Grafana gives them. */
export function targetsOf({ targets = [] }: Panel): readonly Target[] {
  return (targets as readonly Target[]).map((target, index) => ({ refId: refIdAt(index), ...target }));
}

/** What a variable asks for its values: `label_values(series, label)` or `query_result(expression)`. */
export function choiceOf(query: VariableModel["query"]): {
  /** The series or the expression that is queried for the values. @default the variable queries no series */
  readonly text?: string;
  /** The label whose values are listed. @default the values are results of an expression */
  readonly listed?: string;
} {
  const written = String(query).match(/^(?:label_values\((.+),\s*(\w+)\)|query_result\((.+)\))$/);
  const [, series, listed, result] = written ?? [];
  const text = series ?? result;
  return { ...(text && { text }), ...(listed && { listed }) };
}

/** As the author of a dashboard would look for it. */
export function modelPlace({ title }: Model, ...inside: readonly string[]): string {
  return [`dashboard "${title}"`, ...inside].join(": ");
}

export function panelPlace(model: Model, { title, id }: Panel): string {
  return modelPlace(model, title ? `panel "${title}"` : `panel ${id} without a title`);
}
