import { isDeepStrictEqual } from "node:util";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Model } from "../../kit/dashboards/dashboard";
import { panelsOf } from "../../kit/dashboards/model";
import type { PageDashboard } from "../../preview/src/session";

/** A panel whose display or queries have changed. Its position does not matter. */
export interface ChangedPanel {
  readonly dashboard: string;
  /** Id of the panel before and after. @default the dashboard does not have the panel */
  readonly before?: number;
  readonly after?: number;
  /** Prefix of the names of its picture files. */
  readonly name: string;
}

/** The panels that differ between two versions of the dashboards. Panels with the same title are compared. */
export function changedPanels(
  before: readonly PageDashboard[],
  after: readonly PageDashboard[],
): readonly ChangedPanel[] {
  const uids = new Set([...before, ...after].map(({ uid }) => uid));
  return [...uids].flatMap((uid) => {
    const [old, now] = [before, after].map((drawn) => panelsByTitle(drawn.find((one) => one.uid === uid)));
    const titles = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    return [...titles].flatMap((title) => {
      const [one, other] = [old?.get(title), now?.get(title)];
      if (isDeepStrictEqual(visiblePart(one), visiblePart(other))) return [];
      return [
        {
          dashboard: uid,
          ...(one?.id !== undefined && { before: one.id }),
          ...(other?.id !== undefined && { after: other.id }),
          name: `${uid}-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
        },
      ];
    });
  });
}

/** The second panel with the same title is "<title> 2". */
function panelsByTitle(drawn: PageDashboard | undefined): ReadonlyMap<string, Panel> {
  const panels = drawn ? panelsOf(drawn.model as Model) : [];
  return new Map(
    panels.map((panel, index) => {
      const count = panels.slice(0, index + 1).filter(({ title }) => title === panel.title).length;
      return [count > 1 ? `${panel.title} ${count}` : (panel.title ?? ""), panel];
    }),
  );
}

function visiblePart(panel: Panel | undefined) {
  if (!panel) return undefined;
  const { gridPos: _, id: __, ...rest } = panel;
  return rest;
}
