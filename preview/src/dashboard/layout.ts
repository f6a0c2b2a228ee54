/** @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
interface PositionedPanel {
  readonly id: number;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly collapsed?: boolean;
  readonly panels?: readonly PositionedPanel[];
}

/** Position of a panel in pixels, from the upper left corner of the dashboard. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A panel or the heading of a row, with its position. */
export interface Cell<Panel> {
  readonly panel: Panel;
  readonly box: Box;
  /** For a row: the number of its panels, and whether they are shown. @default the cell is a panel */
  readonly row?: { readonly open: boolean; readonly panels: number };
}

const columns = 24;
const cellHeight = 30;
const gap = 8;

/**
 * The cells of a dashboard in Grafana's grid. A closed row takes only the space of its heading, and the cells below it move up.
 * @param isOpen whether the panels of a row are shown
 */
export function layout<Panel extends PositionedPanel>(
  panels: readonly Panel[],
  isOpen: (row: Panel) => boolean,
  width: number,
): { readonly cells: readonly Cell<Panel>[]; readonly height: number } {
  const cells: Cell<Panel>[] = [];
  let top = 0;
  const place = (panel: Panel, y: number): Cell<Panel> => ({ panel, box: box({ ...panel.gridPos, y }, width) });
  for (const { row, members } of sections(panels)) {
    if (row) {
      const open = isOpen(row);
      cells.push({
        panel: row,
        box: box({ x: 0, y: top, w: columns, h: 1 }, width),
        row: { open, panels: members.length },
      });
      top += 1;
      if (!open) continue;
    }
    const first = Math.min(...members.map(({ gridPos }) => gridPos.y));
    cells.push(...members.map((panel) => place(panel, top + panel.gridPos.y - first)));
    top += Math.max(0, ...members.map(({ gridPos }) => gridPos.y - first + gridPos.h));
  }
  return { cells, height: top * (cellHeight + gap) };
}

interface Section<Panel> {
  /** The row that opens and closes the panels. @default they are always shown */
  readonly row?: Panel;
  readonly members: Panel[];
}

/** An open row is followed by its panels. A closed row contains its panels, and the panels after it belong to no row. */
function sections<Panel extends PositionedPanel>(panels: readonly Panel[]): readonly Section<Panel>[] {
  const found: Section<Panel>[] = [{ members: [] }];
  const sorted = [...panels].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x);
  for (const panel of sorted) {
    if (panel.type === "row") {
      const inside = (panel.panels ?? []) as readonly Panel[];
      found.push({ row: panel, members: [...inside] });
      if (panel.collapsed) found.push({ members: [] });
    } else found.at(-1)?.members.push(panel);
  }
  return found.filter(({ row, members }) => row || members.length > 0);
}

function box({ x, y, w, h }: PositionedPanel["gridPos"], width: number): Box {
  const column = (width - gap * (columns - 1)) / columns;
  return {
    left: Math.round(x * (column + gap)),
    top: y * (cellHeight + gap),
    width: Math.round(w * column + (w - 1) * gap),
    height: h * cellHeight + (h - 1) * gap,
  };
}
