/** @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
interface AnyPanel {
  readonly id?: number;
  readonly type: string;
  readonly title?: string;
  readonly gridPos?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  /** Width in twelfths, in dashboards from before the grid. */
  readonly span?: number;
  readonly height?: number | string;
  readonly targets?: readonly { readonly refId?: string }[];
  readonly panels?: readonly AnyPanel[];
}

/**
 * A row in dashboards from before version 16 of the schema.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export interface OldRow {
  readonly title?: string;
  readonly showTitle?: boolean;
  readonly collapse?: boolean;
  readonly height?: number | string;
  readonly panels?: readonly AnyPanel[];
}

/** @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
interface AnyModel {
  readonly panels?: readonly AnyPanel[];
  readonly rows?: readonly OldRow[];
}

const columns = 24;
/** Height of a row of the grid with the gap, in pixels. */
const cell = 38;
const usualHeight = 250;

/**
 * The panels of a dashboard, each with an id, a place and names for its queries. Old dashboards and generated ones
 * often lack these, and Grafana adds them.
 */
export function panelsOf<Panel>({ panels = [], rows = [] }: AnyModel): readonly Panel[] {
  const all = [...panels, ...placeRows(rows)];
  let free = Math.max(0, ...all.flatMap((panel) => [panel, ...(panel.panels ?? [])]).map(({ id = 0 }) => id));
  const complete = (panel: AnyPanel): AnyPanel => ({
    ...panel,
    id: panel.id || ++free,
    gridPos: panel.gridPos ?? { x: 0, y: 0, w: 12, h: 8 },
    ...(panel.targets && {
      targets: panel.targets.map((target, index) => ({ ...target, refId: target.refId || letter(index) })),
    }),
    ...(panel.panels && { panels: panel.panels.map(complete) }),
  });
  return all.map(complete) as unknown as readonly Panel[];
}

/** A, B, C, as Grafana names queries. */
function letter(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + (index % 26));
}

/** Panels of old rows are placed side by side until the row is full. */
function placeRows(rows: readonly OldRow[]): readonly AnyPanel[] {
  let y = 0;
  return rows.flatMap(({ title, showTitle, collapse = false, height, panels = [] }) => {
    const heading: AnyPanel[] = [];
    if (showTitle || collapse) heading.push({ type: "row", title, gridPos: { x: 0, y: y++, w: columns, h: 1 } });
    let [x, tallest] = [0, 0];
    const placed = panels.map((panel): AnyPanel => {
      const w = Math.min(columns, Math.round((panel.span ?? 4) * 2));
      const h = Math.ceil(pixels(panel.height ?? height) / cell);
      if (x + w > columns) [x, y, tallest] = [0, y + tallest, 0];
      const gridPos = { x, y, w, h };
      [x, tallest] = [x + w, Math.max(tallest, h)];
      return { ...panel, gridPos };
    });
    y += tallest;
    const [row] = heading;
    return row && collapse ? [{ ...row, collapsed: true, panels: placed }] : [...heading, ...placed];
  });
}

function pixels(height: number | string | undefined): number {
  return Number.parseInt(String(height ?? usualHeight), 10) || usualHeight;
}
