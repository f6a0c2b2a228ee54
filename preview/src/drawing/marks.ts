import { colorManipulator, type GrafanaTheme2 } from "@grafana/data";
import type uPlot from "uplot";
import type { Mark } from "../panels/panel-props";
import type { Span } from "../session";

/** Tints a period behind the lines. */
export function drawSpan(u: uPlot, { from, to }: Span, colour: string): void {
  const left = clamp(u, u.valToPos(from, "x", true));
  const right = clamp(u, u.valToPos(to, "x", true));
  u.ctx.save();
  u.ctx.fillStyle = colorManipulator.alpha(colour, 0.12);
  u.ctx.fillRect(left, u.bbox.top, Math.max(1, right - left), u.bbox.height);
  u.ctx.restore();
}

/**
 * Draws annotations as Grafana does: a dashed line at the beginning, a bar below the plot, and a tint for the duration.
 * The bar shows title and text to a reader who points at it.
 */
export function drawMarks(u: uPlot, marks: readonly Mark[], theme: GrafanaTheme2): void {
  for (const bar of u.over.querySelectorAll("[data-mark]")) bar.remove();
  const { ctx, bbox } = u;
  const pixel = devicePixelRatio;
  for (const mark of marks) {
    const colour = theme.visualization.getColorByName(mark.colour);
    const [left, right] = [u.valToPos(mark.from, "x", true), u.valToPos(mark.to, "x", true)];
    if (right < bbox.left || left > bbox.left + bbox.width) continue;
    u.over.append(described(mark, (clamp(u, left) - bbox.left) / pixel, (clamp(u, right) - bbox.left) / pixel));
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.lineWidth = 2 * pixel;
    ctx.setLineDash([5 * pixel, 5 * pixel]);
    for (const x of mark.to > mark.from ? [left, right] : [left]) {
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    const [start, end] = [clamp(u, left), clamp(u, right)];
    const bottom = bbox.top + bbox.height;
    if (mark.to > mark.from) {
      ctx.fillRect(start, bottom, end - start, 5 * pixel);
      ctx.fillStyle = colorManipulator.alpha(colour, 0.1);
      ctx.fillRect(start, bbox.top, end - start, bbox.height);
    } else {
      ctx.beginPath();
      ctx.moveTo(left, bottom);
      ctx.lineTo(left + 5 * pixel, bottom + 5 * pixel);
      ctx.lineTo(left - 5 * pixel, bottom + 5 * pixel);
      ctx.fill();
    }
    ctx.restore();
  }
}

/** An invisible element above the bar of a mark, with a tooltip. Positions are in pixels from the left edge of the plot. */
function described({ title, text }: Mark, from: number, to: number): HTMLElement {
  const bar = document.createElement("div");
  bar.dataset.mark = "";
  bar.title = [title, text].filter(Boolean).join("\n");
  const style = {
    position: "absolute",
    bottom: "-8px",
    height: "8px",
    left: `${from - 5}px`,
    width: `${to - from + 10}px`,
  };
  Object.assign(bar.style, style);
  return bar;
}

function clamp({ bbox }: uPlot, x: number): number {
  return Math.min(Math.max(x, bbox.left), bbox.left + bbox.width);
}
