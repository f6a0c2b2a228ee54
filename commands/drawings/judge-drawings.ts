import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import type { Model } from "../../kit/dashboards/dashboard";
import { panelsOf } from "../../kit/dashboards/model";
import type { Drawing, PanelFacts } from "../../preview/src/facts";
import type { DrawnDashboard } from "./draw-dashboards";
import { judgeQuiet, judgeTrouble } from "./judge-health";
import { judgePanel } from "./judge-panel";

/** Names of the alerts that fire in a slice, by their panel: `<uid of the dashboard>/<id of the panel>`. */
export type FiringPanels = Readonly<Record<string, string>>;

/** Height of a reader's screen in pixels. */
const screen = 900;

/** Facts about the drawn slices. */
export interface SliceFacts {
  readonly firing: (slice: string) => FiringPanels;
  /** Titles of the panels that show a problem even in a quiet slice. */
  readonly unhealthy: readonly string[];
}

/** Faults of a dashboard in all slices with which it was drawn. */
export function judgeDrawings(drawn: readonly DrawnDashboard[], { firing, unhealthy }: SliceFacts): readonly Fault[] {
  const once = new Map<string, Fault>();
  for (const { dashboard, slice, drawing } of drawn) {
    const panels = new Map(panelsOf(dashboard.model as Model).map((panel) => [panel.id, panel]));
    const place = (title: string) => `dashboard "${dashboard.title}": panel "${title}", ${slice.name}`;
    for (const facts of drawing.panels) {
      const panel = panels.get(facts.id) ?? ({} as Panel);
      const alert = firing(slice.name)[`${dashboard.uid}/${facts.id}`];
      const flaws = [
        ...judgePanel(facts, panel),
        ...(slice.kind === "quiet" && facts.story === undefined && !unhealthy.includes(facts.title)
          ? judgeQuiet(facts, panel)
          : []),
        ...(alert === undefined || facts.story !== undefined ? [] : judgeTrouble(facts, panel, alert)),
      ];
      // A fault is reported for the first slice that shows it.
      for (const flaw of flaws) {
        const key = `${facts.id} ${flaw.rule}`;
        if (!once.has(key)) once.set(key, { place: place(facts.title), ...flaw });
      }
    }
  }
  const first = drawn.slice(0, 1);
  return [...once.values(), ...first.flatMap(undrawnParts), ...emptyPanels(drawn), ...first.flatMap(lateGraphs)];
}

/** Faults of annotations, rows and variables, which belong to no panel. */
function undrawnParts({ dashboard, drawing }: DrawnDashboard): Fault[] {
  const place = `dashboard "${dashboard.title}"`;
  return [
    ...drawing.notDrawn.map((value) => ({
      place,
      rule: "must use only features that the page can draw",
      value,
      remedy: "use another feature, correct its query, or add the feature to the page",
    })),
    ...drawing.variables.flatMap(({ name, error }) =>
      error === undefined
        ? []
        : [
            {
              place: `${place}: variable ${name}`,
              rule: "must have options",
              value: error,
              remedy: "correct its query",
            },
          ],
    ),
  ];
}

/** Faults of panels that are empty in every slice. */
function emptyPanels(drawn: readonly DrawnDashboard[]): Fault[] {
  const [first] = drawn;
  if (!first) return [];
  const filled = new Set(drawn.flatMap(({ drawing }) => drawing.panels.filter(isFilled).map(({ id }) => id)));
  return first.drawing.panels
    .filter(({ id }) => !filled.has(id))
    .map(({ title }) => ({
      place: `dashboard "${first.dashboard.title}": panel "${title}"`,
      rule: "must have data in a slice of the recording, or in a scenario of its alert",
      remedy: "capture a slice that contains its metrics, or correct its query",
    }));
}

function isFilled({ empty }: PanelFacts): boolean {
  return empty === undefined;
}

/** Faults of rows in which a reader must scroll to see the first graph. */
function lateGraphs({ dashboard, drawing }: DrawnDashboard): Fault[] {
  return drawing.rows.flatMap((row) => {
    const graphs = panelsOfRow(drawing, row.box.y).filter(({ type }) => type !== "stat");
    const first = Math.min(...graphs.map(({ box }) => box.y));
    return graphs.length === 0 || first - row.box.y <= screen
      ? []
      : [
          {
            place: `dashboard "${dashboard.title}": row "${row.title}"`,
            rule: "must show its first graph on the first screen",
            value: `${Math.round(first - row.box.y)} px below its heading`,
            remedy: "move the graph up, or split the row",
          },
        ];
  });
}

function panelsOfRow({ rows, panels }: Drawing, top: number): readonly PanelFacts[] {
  const next = Math.min(...rows.map(({ box }) => box.y).filter((y) => y > top));
  return panels.filter(({ box }) => box.y > top && box.y < next);
}
