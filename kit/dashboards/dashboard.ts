import * as sdk from "@grafana/grafana-foundation-sdk/dashboard";
import { type List, present } from "../lists";
import type { Annotation } from "./annotations";
import { columns, place } from "./layout";
import type { Link } from "./links";
import type { Panel, PanelContext } from "./panels";
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
  return JSON.parse(JSON.stringify({ ...builder.build(), panels: layOut(form, context) }));
}

function layOut({ rows, collapsedRows = {} }: DashboardForm, context: PanelContext): (sdk.Panel | sdk.RowPanel)[] {
  let y = 0;
  const open = Object.entries(rows).flatMap(([title, given]) => {
    const { head, panels, bottom } = layOutRow(title, given, y, context);
    y = bottom;
    return [head, ...panels];
  });
  // Grafana moves the panels below when a row is opened.
  const collapsed = Object.entries(collapsedRows).map(([title, given]) => {
    const { head, panels } = layOutRow(title, given, y++, context);
    return { ...head, collapsed: true, panels };
  });
  return [...open, ...collapsed];
}

function layOutRow(title: string, given: List<Panel>, y: number, context: PanelContext) {
  const panels = present(given).map((panel) => panel.build(context));
  const sizes = panels.map(({ gridPos }) => gridPos ?? sdk.defaultGridPos());
  const head = new sdk.RowBuilder(title).id(idOf(`row ${title}`)).build();
  const { positions, bottom } = place(sizes, y + 1);
  return {
    head: { ...head, gridPos: { x: 0, y, w: columns, h: 1 } },
    panels: panels.map((panel, index) => ({ ...panel, id: idOf(panel.title ?? ""), gridPos: positions[index] })),
    bottom,
  };
}

/** The id of a panel is a hash of its title (FNV-1a), so that links to it survive changes around it. */
function idOf(title: string): number {
  let hash = 0x811c9dc5;
  for (const character of title) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return 1 + (hash % 999_999);
}
