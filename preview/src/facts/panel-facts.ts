import type { PanelFacts } from "../facts";
import type { DrawnPanel } from "../panels/panel-frame";
import { legendFacts } from "./legend-facts";
import { axes, limits, plottedSeries } from "./plot-facts";
import { boxFacts } from "./row-facts";
import { clippedTexts, overlaps } from "./texts";
import { valueFacts } from "./value-facts";

/** Facts about the drawing of a panel, read from the page. */
export function panelFacts({ panel, element, title, story, loaded, sketch }: DrawnPanel): PanelFacts {
  const plot = sketch.plot?.u.root.isConnected ? sketch.plot : undefined;
  const empty = element.querySelector("[data-empty]")?.textContent;
  const legend = legendFacts(element);
  return {
    id: panel.id,
    title,
    type: panel.type,
    box: boxFacts(element),
    ...(story !== undefined && { story }),
    notDrawn: loaded.notDrawn,
    ...(empty !== undefined && { empty }),
    series: sketch.series ?? (plot ? plottedSeries(plot) : []),
    limits: plot ? limits(plot) : [],
    axes: plot ? axes(plot) : [],
    marks: [...element.querySelectorAll<HTMLElement>("[data-mark]")].map(({ title }) => title),
    values: valueFacts(element),
    ...(legend && { legend }),
    clipped: clippedTexts(element, plot?.u),
    overlaps: overlaps(element),
    queries: loaded.queries,
  };
}
