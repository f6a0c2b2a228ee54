import { colorManipulator, type GrafanaTheme2 } from "@grafana/data";
import type uPlot from "uplot";

/** A value with its begin and end, and how it is shown. Times are in milliseconds. */
export interface State {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly colour: string;
}

export interface StateRow {
  readonly name: string;
  readonly states: readonly State[];
  readonly values: readonly number[];
}

/**
 * Consecutive equal values are one state. A value lasts until the next one, but at a gap no longer than the interval
 * between values.
 */
export function statesOf(
  times: readonly number[],
  values: readonly unknown[],
  interval: number | undefined,
  end: number,
  show: (value: unknown) => { readonly text: string; readonly colour: string },
): readonly State[] {
  const states: State[] = [];
  times.forEach((from, index) => {
    const value = values[index];
    if (value === null || value === undefined || Number.isNaN(value)) return;
    const next = times[index + 1] ?? end;
    const to = interval !== undefined && next - from > 1.5 * interval ? from + interval : next;
    const { text, colour } = show(value);
    const last = states.at(-1);
    if (last && last.to === from && last.text === text && last.colour === colour) states.splice(-1, 1, { ...last, to });
    else states.push({ from, to, text, colour });
  });
  return states;
}

export interface StateStyle {
  /** Height of the bar as a share of the row. */
  readonly rowHeight: number;
  /** In percent. */
  readonly fillOpacity: number;
  readonly showValue: "auto" | "always" | "never";
  readonly theme: GrafanaTheme2;
}

const padding = 4;

/** Draws the rows from the top, in a plot whose rows are numbered from the bottom. */
export function drawStates(u: uPlot, rows: readonly StateRow[], style: StateStyle): void {
  const { ctx, bbox } = u;
  const pixel = devicePixelRatio;
  const rowHeight = bbox.height / rows.length;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = `${12 * pixel}px ${style.theme.typography.fontFamily}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  rows.forEach(({ states }, row) => {
    const height = rowHeight * style.rowHeight;
    const top = bbox.top + row * rowHeight + (rowHeight - height) / 2;
    for (const { from, to, text, colour } of states) {
      const left = Math.max(bbox.left, u.valToPos(from, "x", true));
      const width = Math.max(pixel, u.valToPos(to, "x", true) - left);
      ctx.fillStyle = colorManipulator.alpha(colour, style.fillOpacity / 100);
      ctx.fillRect(left, top, width, height);
      const room = ctx.measureText(text).width + 2 * padding * pixel;
      if (style.showValue === "never" || (style.showValue === "auto" && room > width)) continue;
      ctx.fillStyle = style.theme.colors.getContrastText(colour);
      ctx.fillText(text, left + padding * pixel, top + height / 2);
    }
  });
  ctx.restore();
}
