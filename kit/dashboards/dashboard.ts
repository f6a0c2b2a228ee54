import * as sdk from "@grafana/grafana-foundation-sdk/dashboard";
import type { Annotation } from "./annotations";
import { columns, placed } from "./layout";
import type { Link } from "./links";
import type { Panel } from "./panels";
import type { Variable } from "./variables";

/** A dashboard as Grafana takes it: plain data, the same at every synth. */
export type Model = sdk.Dashboard & { readonly uid: string; readonly title: string };

export interface DashboardForm {
  /** Its address: links and bookmarks point at it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** How far back it looks at first. @default "now-1h" */
  readonly from?: string;
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly links: readonly Link[];
  /** Panels under the question that they answer together; one that an environment lacks is `undefined`. */
  readonly rows: Readonly<Record<string, readonly (Panel | undefined)[]>>;
}

/**
 * The dashboard with its panels laid out row under row, in the classic form: the one that files are provisioned in, and
 * that an older Grafana reads as well.
 */
export function dashboard(form: DashboardForm): Model {
  const { uid, title, description, tags, from = "now-1h", variables, annotations, links, rows } = form;
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
  // By way of JSON, because the builders leave functions in what they build.
  return JSON.parse(JSON.stringify({ ...builder.build(), panels: laidOut(rows) }));
}

function laidOut(rows: DashboardForm["rows"]): (sdk.Panel | sdk.RowPanel)[] {
  let y = 0;
  return Object.entries(rows).flatMap(([title, given]) => {
    const panels = given.flatMap((panel) => panel?.build() ?? []);
    const sizes = panels.map(({ gridPos }) => gridPos ?? sdk.defaultGridPos());
    const head = new sdk.RowBuilder(title).id(idOf(`row ${title}`)).build();
    const { positions, bottom } = placed(sizes, y + 1);
    const heading = { ...head, gridPos: { x: 0, y, w: columns, h: 1 } };
    y = bottom;
    return [
      heading,
      ...panels.map((panel, index) => ({ ...panel, id: idOf(panel.title ?? ""), gridPos: positions[index] })),
    ];
  });
}

/** A panel's number follows from its title (FNV-1a), so that links to it survive what comes and goes around it. */
function idOf(title: string): number {
  let hash = 0x811c9dc5;
  for (const character of title) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return 1 + (hash % 999_999);
}
