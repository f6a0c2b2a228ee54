import * as sdk from "@grafana/grafana-foundation-sdk/dashboard";
import { type List, present } from "../lists";
import type { Logql, Promql } from "../queries/query";
import type { Annotation } from "./annotations";
import { columns, linesOf, place } from "./layout";
import type { Link } from "./links";
import type { PanelContext } from "./panel-context";
import type { Panel } from "./panels";
import { targetsOf } from "./targets";
import type { Variable } from "./variables";

/** A dashboard as Grafana's JSON model: plain data, the same at every synth. */
export type Model = sdk.Dashboard & { readonly uid: string; readonly title: string };

export interface DashboardForm {
  /** Identifier of the dashboard, which links and bookmarks contain. */
  readonly uid: string;
  /** Folder of the dashboard in Grafana. */
  readonly folder: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** The start of the time range that the dashboard opens with. @default "now-1h" */
  readonly from?: string;
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly links: readonly Link[];
  /** Panels, by the title of their row. */
  readonly rows: Rows;
  /** Rows below the others that start collapsed. Their panels send no query until the row is opened. @default none */
  readonly collapsedRows?: Rows;
}

type Rows = Readonly<Record<string, List<Panel>>>;

/**
 * A dashboard with its panels in rows, in the classic schema: provisioned files use it, and older versions of Grafana
 * can read it.
 */
export function dashboard(form: DashboardForm, context: PanelContext): Model {
  return buildDashboard(form, context).model;
}

/** The dashboard, and the panels that it leaves out because their data is not kept. */
export function buildDashboard(
  form: DashboardForm,
  context: PanelContext,
): { readonly model: Model; readonly unkept: readonly sdk.Panel[] } {
  const { uid, title, description, tags, from = "now-1h", variables, annotations, links } = form;
  const builder = new sdk.DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([...tags])
    .readonly()
    .time({ from, to: "now" })
    .refresh("30s")
    .timepicker(new sdk.TimePickerBuilder().refreshIntervals(["30s", "1m", "5m", "15m", "1h"]))
    .tooltip(sdk.DashboardCursorSync.Crosshair)
    .variables([...variables])
    .annotations([...annotations])
    .links([...links]);
  // Converted to JSON and back, because the builders leave functions in their results.
  const [open, collapsed] = [buildRows(form.rows, context), buildRows(form.collapsedRows, context)];
  const panels = layOut(open, collapsed);
  return {
    model: JSON.parse(JSON.stringify({ ...builder.build(), panels })),
    unkept: [...open, ...collapsed].flatMap(({ unkept }) => unkept),
  };
}

interface BuiltRow {
  readonly title: string;
  /** The panels from left to right, line by line. */
  readonly lines: readonly (readonly sdk.Panel[])[];
  readonly unkept: readonly sdk.Panel[];
}

/** The rows of a dashboard. The panels that are left out leave their place to the others of their line. */
function buildRows(rows: Rows = {}, context: PanelContext): BuiltRow[] {
  return Object.entries(rows).map(([title, given]) => {
    const built = present(given).map((one) => {
      const panel = addRemarks(one.build(context), context);
      return { panel, isKept: isKept(panel, one.needs ?? [], context) };
    });
    const lines = linesOf(built, ({ panel }) => panel.gridPos?.w ?? columns)
      .map((line) => line.filter(({ isKept }) => isKept).map(({ panel }) => panel))
      .filter((line) => line.length > 0);
    const unkept = built.filter(({ isKept }) => !isKept).map(({ panel }) => panel);
    return { title, lines, unkept };
  });
}

/** The panel, with a sentence about each alert that its description names and that the environment changes. */
function addRemarks(panel: sdk.Panel, { remarks = [] }: PanelContext): sdk.Panel {
  const { description = "" } = panel;
  const added = remarks.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(description));
  if (added.length === 0) return panel;
  return { ...panel, description: [description, ...added.map(({ text }) => text)].join(" ") };
}

function isKept(panel: sdk.Panel, needs: readonly (Promql | Logql)[], { isKept = () => true }: PanelContext): boolean {
  const asked = targetsOf(panel).map(({ expr = "", datasource }) => ({
    language: datasource?.type === "loki" ? ("logql" as const) : ("promql" as const),
    text: expr,
  }));
  return [...needs, ...asked].every(isKept);
}

function layOut(open: readonly BuiltRow[], collapsed: readonly BuiltRow[]): (sdk.Panel | sdk.RowPanel)[] {
  const withPanels = ({ lines }: BuiltRow) => lines.length > 0;
  let y = 0;
  const shown = open.filter(withPanels).flatMap((row) => {
    const { head, panels, bottom } = layOutRow(row, y);
    y = bottom;
    return [head, ...panels];
  });
  // Grafana moves the panels below when a row is opened.
  const hidden = collapsed.filter(withPanels).map((row) => {
    const { head, panels } = layOutRow(row, y++);
    return { ...head, collapsed: true, panels };
  });
  return [...shown, ...hidden];
}

function layOutRow({ title, lines }: BuiltRow, y: number) {
  const sizes = lines.map((line) => line.map(({ gridPos }) => gridPos ?? sdk.defaultGridPos()));
  const head = new sdk.RowBuilder(title).id(idOf(`row ${title}`)).build();
  const { positions, bottom } = place(sizes, y + 1);
  return {
    head: { ...head, gridPos: { x: 0, y, w: columns, h: 1 } },
    panels: lines.flat().map((panel, index) => ({ ...panel, id: idOf(panel.title ?? ""), gridPos: positions[index] })),
    bottom,
  };
}

/** The id of a panel is a hash of its title (FNV-1a), so that links to it survive changes around it. */
function idOf(title: string): number {
  let hash = 0x811c9dc5;
  for (const character of title) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return 1 + (hash % 999_999);
}
