import type { LegendFacts } from "../facts";

/** The names of a legend, as Grafana's components write them. */
export function legendFacts(panel: Element): LegendFacts | undefined {
  const names = [...panel.querySelectorAll<HTMLElement>('[data-testid*="VizLegend series"], [data-legend]')];
  const first = names[0];
  if (!first) return undefined;
  const tops = names.map((name) => Math.round(name.getBoundingClientRect().top));
  return {
    names: names.map(({ textContent }) => textContent.trim()),
    lines: new Set(tops.map((top) => Math.round(top / 8))).size,
    scrolls: scrolls(first, panel),
  };
}

function scrolls(element: Element, panel: Element): boolean {
  for (let parent = element.parentElement; parent && parent !== panel; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if ((overflowY === "auto" || overflowY === "scroll") && parent.scrollHeight > parent.clientHeight + 1) return true;
  }
  return false;
}
