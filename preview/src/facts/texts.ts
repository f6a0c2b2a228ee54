import type uPlot from "uplot";
import type { ClippedText } from "../facts";
import { printedAxis } from "./printed-axis";

/** Kind of a text, by the element around it. The first match counts. */
const places: readonly (readonly [string, ClippedText["where"]])[] = [
  ["[data-value]", "value"],
  ['[data-testid*="VizLegend"], [data-legend]', "legend"],
  ['[data-testid*="header-container"]', "title"],
  ['[role="gridcell"], [role="columnheader"], td, th', "cell"],
];

/** Differences below this number of pixels are rounding. */
const tolerance = 1;

/** Texts that do not fit into their element or axis. */
export function clippedTexts(panel: Element, plot: uPlot | undefined): readonly ClippedText[] {
  return [
    ...elementsWithText(panel)
      .filter((element) => !element.closest("[data-badges]"))
      .filter(isClipped)
      .map(clippedText),
    ...(plot ? clippedTicks(plot) : []),
  ];
}

function clippedText(element: HTMLElement): ClippedText {
  const where = places.find(([selector]) => element.closest(selector))?.[1] ?? "text";
  return { text: element.textContent.trim(), where };
}

function isClipped(element: HTMLElement): boolean {
  for (let box: HTMLElement | null = element; box && !box.dataset.panel; box = box.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(box);
    if (overflowX === "hidden" && box.scrollWidth > box.clientWidth + tolerance && box.clientWidth > 0)
      return isOutside(element, box);
    if (overflowX !== "visible" || overflowY !== "visible") return false;
  }
  return false;
}

/** Whether the text itself exceeds the box on the right; another part of the box may be too wide instead. */
function isOutside(element: HTMLElement, box: HTMLElement): boolean {
  const range = document.createRange();
  range.selectNodeContents(element);
  return element === box || range.getBoundingClientRect().right > box.getBoundingClientRect().right + tolerance;
}

/** Tick labels that are wider than the space left of the plot. */
function clippedTicks(u: uPlot): readonly ClippedText[] {
  return u.axes.flatMap((axis): ClippedText[] => {
    if (axis.scale === "x" || axis.show === false) return [];
    const { ticks, size } = printedAxis(axis);
    u.ctx.save();
    u.ctx.font = typeof axis.font === "string" ? axis.font : (axis.font?.[0] ?? "12px Inter");
    const cut = ticks.filter((tick) => u.ctx.measureText(tick).width / devicePixelRatio > size + tolerance);
    u.ctx.restore();
    return cut.map((text) => ({ text, where: "axis" }));
  });
}

/** Pairs of large numbers that overlap. */
export function overlaps(panel: Element): readonly (readonly [string, string])[] {
  const values = [...panel.querySelectorAll<HTMLElement>("[data-value]")];
  const texts = values.flatMap(textRects);
  return texts.flatMap((text, index) =>
    texts
      .slice(index + 1)
      .filter((other) => intersect(text.rect, other.rect))
      .map((other) => [text.text, other.text] as const),
  );
}

function textRects(element: HTMLElement): readonly { readonly text: string; readonly rect: DOMRect }[] {
  return elementsWithText(element).map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return { text: one.textContent.trim(), rect: range.getBoundingClientRect() };
  });
}

function intersect(a: DOMRect, b: DOMRect): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  // A line box is higher than its letters.
  return width > tolerance && height > Math.min(a.height, b.height) * 0.3;
}

/** The innermost elements around the texts of the page. */
export function elementsWithText(root: Element): HTMLElement[] {
  const own = (element: Element) =>
    [...element.childNodes].some(({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim());
  return [...root.querySelectorAll<HTMLElement>("*")].filter(
    (element) => element instanceof HTMLElement && own(element),
  );
}
