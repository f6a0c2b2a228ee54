import type { Panel, RowPanel, VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Model } from "./dashboard";

/** Every panel of a dashboard, without the rows, which are only headings. */
export function panelsOf({ panels = [] }: Model): Panel[] {
  return panels.flatMap((panel) => ("panels" in panel ? panel.panels : [panel as Panel]));
}

/** The rows of a dashboard. */
export function rowsOf({ panels = [] }: Model): RowPanel[] {
  return panels.filter((panel): panel is RowPanel => panel.type === "row");
}

/** The parts of a variable's query: `label_values(series, label)` or `query_result(expression)`. */
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

/** The place of a fault in a dashboard, as its author would search for it. */
export function modelPlace({ title }: Model, ...inside: readonly string[]): string {
  return [`dashboard "${title}"`, ...inside].join(": ");
}

export function panelPlace(model: Model, { title, id }: Panel): string {
  return modelPlace(model, title ? `panel "${title}"` : `panel ${id} without a title`);
}
