import { setTimeout as sleep } from "node:timers/promises";
import type { Harm } from "./harms";
import { eventually, figure } from "./kubernetes";
import { notified, unresolved } from "./webhook";

/** Who is to hear of which alert, how many seconds after the harm. */
export interface Awaited {
  readonly alert: string;
  readonly way: "pager" | "chat";
  readonly within: number;
}

/**
 * Does harm, waits for what is to be heard of it, and undoes the harm.
 *
 * @param silent how many milliseconds the harm lasts after that
 * @returns the names of all alerts that paged meanwhile, but for those that still fired from before
 */
export async function trouble(does: readonly Harm[], awaited: readonly Awaited[], silent = 0): Promise<string[]> {
  const before = { pager: notified("pager", "firing"), chat: notified("chat", "firing") };
  const known = unresolved("pager").map(({ alertname }) => alertname);
  const since = (way: Awaited["way"]) => notified(way, "firing").slice(before[way].length);
  try {
    for (const harm of does) harm.begin();
    const start = Date.now();
    for (const { alert, way, within } of awaited) {
      const left = within - (Date.now() - start) / 1000;
      await eventually(`${alert} at the ${way}`, left, () => since(way).includes(alert));
      figure(`from the trouble to ${alert}`, `${Math.round((Date.now() - start) / 1000)} s`);
    }
    await sleep(silent);
    const paged = [...new Set(since("pager"))].filter((name) => !known.includes(name)).sort();
    figure(
      `heard in the chat of ${awaited.map(({ alert }) => alert).join(", ")}`,
      [...new Set(since("chat"))].join(", "),
    );
    return paged;
  } finally {
    for (const harm of does) harm.end();
  }
}
