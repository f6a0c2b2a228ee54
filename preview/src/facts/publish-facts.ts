import type { Address } from "../address";
import type { DashboardContext } from "../dashboard/context";
import type { DrawnPanel } from "../panels/panel-frame";
import { panelFacts } from "./panel-facts";
import { rowFacts } from "./row-facts";

/** Milliseconds without a change after which the page counts as drawn. */
const quiet = 200;

/** Publishes the facts as soon as the page no longer changes. @returns a function that stops it */
export function publishFacts(
  panels: readonly DrawnPanel[],
  notDrawn: readonly string[],
  { dashboard, range, variables }: DashboardContext,
  { theme }: Address,
): () => void {
  const publish = () => {
    observer.disconnect();
    window.drawing = {
      done: true,
      dashboard: dashboard.uid,
      theme,
      range: { from: range.from, to: range.to },
      variables: variables.map(({ name, chosen, options, error }) => ({
        name,
        chosen,
        options: options.length,
        ...(error !== undefined && { error }),
      })),
      rows: rowFacts(),
      panels: panels.map(panelFacts),
      notDrawn,
    };
  };
  let timer = setTimeout(publish, quiet);
  const observer = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(publish, quiet);
  });
  document.fonts.ready.then(() =>
    observer.observe(document.body, { subtree: true, childList: true, attributes: true }),
  );
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
