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
 * Places panels from left to right. A panel that does not fit starts the next line, below the tallest panel. The panels
 * of a line share the columns that are left.
 */
export function place(
  sizes: readonly Size[],
  top: number,
): { readonly positions: readonly Position[]; readonly bottom: number } {
  let bottom = top;
  const positions = linesOf(sizes).flatMap((line) => {
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

function linesOf(sizes: readonly Size[]): readonly (readonly Size[])[] {
  const lines: Size[][] = [];
  let left = 0;
  for (const size of sizes) {
    if (size.w > left) {
      lines.push([]);
      left = columns;
    }
    lines.at(-1)?.push(size);
    left -= size.w;
  }
  return lines;
}
