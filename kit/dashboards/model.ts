import type { Panel, VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Model } from "./dashboard";

/** A query as a panel carries it. */
export interface Target {
  readonly refId?: string;
  readonly expr?: string;
  readonly legendFormat?: string;
  readonly datasource?: { readonly type?: string; readonly uid?: string };
}

/** Every panel that shows something: rows are only headings. */
export function panelsOf({ panels = [] }: Model): Panel[] {
  return panels.flatMap((panel) => ("panels" in panel ? panel.panels : [panel as Panel]));
}

export function targetsOf({ targets = [] }: Panel): readonly Target[] {
  return targets as readonly Target[];
}

/** What a variable asks for its values: `label_values(series, label)` or `query_result(expression)`. */
export function choiceOf(query: VariableModel["query"]): { readonly text?: string; readonly listed?: string } {
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
