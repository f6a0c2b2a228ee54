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
  { dashboard, range, variables }: DashboardContext,
  { theme }: Address,
): () => void {
  const publish = () => {
    // Texts change their widths with their font.
    if (document.fonts.status === "loading") return start();
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
      notDrawn: [...document.querySelectorAll("[data-not-drawn]")].map(({ textContent }) => textContent ?? ""),
    };
  };
  let frame = 0;
  let timer = 0;
  const stop = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  // A browser measures the elements when it draws a frame, and plots are drawn from what it measures. A page in the
  // background waits for its frame.
  const start = () => {
    stop();
    frame = requestAnimationFrame(() => {
      timer = window.setTimeout(publish, quiet);
    });
  };
  const observer = new MutationObserver(start);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  start();
  return () => {
    stop();
    observer.disconnect();
  };
}
