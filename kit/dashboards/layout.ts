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

/** Places panels from left to right and wraps where the next one does not fit, below the tallest panel of the line. */
export function place(
  sizes: readonly Size[],
  top: number,
): { readonly positions: readonly Position[]; readonly bottom: number } {
  const positions: Position[] = [];
  let [x, y, bottom] = [0, top, top];
  for (const { w, h } of sizes) {
    if (x + w > columns) [x, y] = [0, bottom];
    positions.push({ x, y, w, h });
    x += w;
    bottom = Math.max(bottom, y + h);
  }
  return { positions, bottom };
}
