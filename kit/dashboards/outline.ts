import type { Panel, RowPanel, VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Model } from "./dashboard";
import { type Target, targetsOf } from "./targets";

/**
 * A summary of a dashboard for reviewers: variables, annotations, and for each row its panels (title, type, unit,
 * thresholds) with one line per query.
 */
export function outline({ title, templating, annotations, panels = [] }: Model): object {
  const rows: Record<string, Record<string, string[]>> = {};
  let row = "no row";
  for (const panel of panels) {
    if (isRow(panel)) row = `${panel.title ?? "untitled"}${panel.collapsed ? " (collapsed)" : ""}`;
    for (const one of isRow(panel) ? panel.panels : [panel]) {
      rows[row] = { ...rows[row], [heading(one)]: targetsOf(one).map(line) };
    }
  }
  return {
    title,
    variables: Object.fromEntries((templating.list ?? []).map((one) => [one.name, variable(one)])),
    annotations: Object.fromEntries((annotations.list ?? []).map(({ name, expr = "" }) => [name, expr])),
    rows,
  };
}

function isRow(panel: Panel | RowPanel): panel is RowPanel {
  return panel.type === "row";
}

function heading({ title, type, fieldConfig }: Panel): string {
  const { unit, thresholds } = fieldConfig?.defaults ?? {};
  const [base, ...steps] = thresholds?.steps ?? [];
  const colors = steps.map(({ value, color }) => `${color} from ${value}`);
  return [title, type, unit, ...(base && steps.length > 0 ? [[base.color, ...colors].join(", ")] : [])].join(" · ");
}

function line({ expr = "", legendFormat }: Target): string {
  return legendFormat ? `${expr} → ${legendFormat}` : expr;
}

function variable({ type, query, current }: VariableModel): string {
  return [type, query, ...(current ? [`(${current.text})`] : [])].join(" ");
}
