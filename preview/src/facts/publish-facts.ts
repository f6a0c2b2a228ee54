import type { Address } from "../address";
import type { DashboardContext } from "../dashboard/context";
import type { DrawnPanel } from "../panels/panel-frame";
import { panelFacts } from "./panel-facts";
import { rowFacts } from "./row-facts";

/** How long nothing has changed on the page when it counts as drawn, in milliseconds. */
const quiet = 200;

/** Publishes what was drawn as soon as the page has come to rest. @returns what stops it from doing so */
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
