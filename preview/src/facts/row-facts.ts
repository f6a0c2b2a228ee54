import type { BoxFacts, RowFacts } from "../facts";

export function rowFacts(): readonly RowFacts[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")].map((row) => ({
    id: Number(row.dataset.row),
    title: row.querySelector("[data-row-title]")?.textContent ?? "",
    open: row.getAttribute("aria-expanded") === "true",
    panels: Number(row.dataset.panels),
    box: boxFacts(row),
  }));
}

export function boxFacts(element: Element): BoxFacts {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + window.scrollX, y: y + window.scrollY, width, height };
}
