/** Width of Grafana's grid, on every screen. */
export const columns = 24;

export interface Size {
  readonly w: number;
  readonly h: number;
}

export interface Position extends Size {
  readonly x: number;
  readonly y: number;
}

/**
 * Places lines of panels below each other, each below the tallest panel of the line before. The panels of a line share
 * the columns that are left.
 */
export function place(
  lines: readonly (readonly Size[])[],
  top: number,
): { readonly positions: readonly Position[]; readonly bottom: number } {
  let bottom = top;
  const positions = lines.flatMap((line) => {
    const y = bottom;
    bottom += Math.max(...line.map(({ h }) => h));
    const total = line.reduce((sum, { w }) => sum + w, 0);
    let [before, x] = [0, 0];
    return line.map(({ w, h }) => {
      before += w;
      const position = { x, y, w: Math.round((columns * before) / Math.min(total, columns)) - x, h };
      x += position.w;
      return position;
    });
  });
  return { positions, bottom };
}

/** The lines of a row, from left to right: a panel that does not fit starts the next line. */
export function linesOf<Item>(items: readonly Item[], widthOf: (item: Item) => number): readonly (readonly Item[])[] {
  const lines: Item[][] = [];
  let left = 0;
  for (const item of items) {
    if (widthOf(item) > left) {
      lines.push([]);
      left = columns;
    }
    lines.at(-1)?.push(item);
    left -= widthOf(item);
  }
  return lines;
}
