import type uPlot from "uplot";

/** A bucket, with its values over time. */
export interface HeatRow {
  readonly name: string;
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Milliseconds between two times. @default the distance of the first two */
  readonly interval?: number;
}

export interface HeatStyle {
  /** Cells with this value or a lower one are not drawn. */
  readonly least: number;
  /** Pixels between two cells. */
  readonly gap: number;
  readonly colour: (value: number) => string;
}

/** Draws the rows from the bottom. A cell ends at its time, because a rate describes the time before it. */
export function drawCells(u: uPlot, rows: readonly HeatRow[], { least, gap, colour }: HeatStyle): void {
  const { ctx, bbox } = u;
  const space = gap * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  rows.forEach(({ times, values, interval = (times[1] ?? 0) - (times[0] ?? 0) }, row) => {
    const top = u.valToPos(row + 1, "y", true);
    const height = u.valToPos(row, "y", true) - top;
    times.forEach((time, index) => {
      const value = values[index];
      if (value === undefined || value === null || !(value > least)) return;
      const left = u.valToPos(time - interval, "x", true);
      const width = u.valToPos(time, "x", true) - left;
      ctx.fillStyle = colour(value);
      ctx.fillRect(left + space / 2, top + space / 2, Math.max(1, width - space), Math.max(1, height - space));
    });
  });
  ctx.restore();
}
