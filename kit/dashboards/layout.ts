/** Grafana's grid is this wide, whatever the screen. */
export const columns = 24;

export interface Size {
  readonly w: number;
  readonly h: number;
}

export interface Position extends Size {
  readonly x: number;
  readonly y: number;
}

/** Panels from left to right, wrapped where the next one does not fit; no line starts before the one above it ends. */
export function placed(
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
