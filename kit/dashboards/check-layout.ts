import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import type { Model } from "./dashboard";
import { columns } from "./layout";
import { panelPlace, rowsOf } from "./model";

/** Faults of panels that overlap or exceed the grid. Panels of a collapsed row take no space until it is opened. */
export function checkLayout(model: Model): Fault[] {
  const { panels = [] } = model;
  const open = panels.filter((panel): panel is Panel => panel.type !== "row");
  return [open, ...rowsOf(model).map((row) => row.panels)].flatMap((group) => checkGroup(model, group));
}

function checkGroup(model: Model, panels: readonly Panel[]): Fault[] {
  return panels.flatMap((panel, index) => [
    ...checkWidth(model, panel),
    ...panels
      .slice(0, index)
      .filter((earlier) => overlaps(earlier, panel))
      .map((earlier) => ({
        place: panelPlace(model, panel),
        rule: `must not overlap panel "${earlier.title}"`,
        remedy: "let the rows of the dashboard place it",
      })),
  ]);
}

function checkWidth(model: Model, panel: Panel): Fault[] {
  const { gridPos } = panel;
  if (gridPos && gridPos.x >= 0 && gridPos.w > 0 && gridPos.h > 0 && gridPos.x + gridPos.w <= columns) return [];
  const value = gridPos && `columns ${gridPos.x} to ${gridPos.x + gridPos.w}`;
  const rule = `must lie within the ${columns} columns of the grid`;
  return [{ place: panelPlace(model, panel), rule, ...(value && { value }), remedy: "make it narrower" }];
}

function overlaps({ gridPos: one }: Panel, { gridPos: other }: Panel): boolean {
  if (!one || !other) return false;
  const beside = one.x + one.w <= other.x || other.x + other.w <= one.x;
  const above = one.y + one.h <= other.y || other.y + other.h <= one.y;
  return !beside && !above;
}
