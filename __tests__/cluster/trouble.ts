import { setTimeout as sleep } from "node:timers/promises";
import { type Harm, whileHarmed } from "./harms";
import { eventually } from "./kubernetes";
import { figure, figureWithin } from "./results";
import { notified, type Receiver, unresolved } from "./webhook";

/** A notification that a story waits for. */
export interface Awaited {
  readonly alert: string;
  readonly receiver: Exclude<Receiver, "heartbeat">;
  /** The budget, in seconds from the start of the fault. The story waits longer. */
  readonly within: number;
}

/**
 * Injects a fault, waits for the notifications, and undoes the fault.
 *
 * @param silent how many milliseconds the harm lasts after the last notification
 * @returns the names of all alerts that paged meanwhile, except those that still fired from before
 */
export async function trouble(done: readonly Harm[], awaited: readonly Awaited[], silent = 0): Promise<string[]> {
  await resolutionOf(awaited);
  const before = { pager: notified("pager", "firing").length, chat: notified("chat", "firing").length };
  const since = (receiver: Awaited["receiver"]) => notified(receiver, "firing").slice(before[receiver]);
  const known = unresolved("pager").map(({ alertname }) => alertname);
  return whileHarmed(done, async () => {
    const start = Date.now();
    for (const { alert, receiver, within } of awaited) {
      const left = patience(within) - (Date.now() - start) / 1000;
      await eventually(`${alert} at the ${receiver}`, left, () => since(receiver).includes(alert));
      figureWithin(`from the trouble to ${alert}`, Math.round((Date.now() - start) / 1000), "s", within);
    }
    await sleep(silent);
    const alerts = awaited.map(({ alert }) => alert).join(", ");
    figure(`notified in the chat with ${alerts}`, [...new Set(since("chat"))].join(", ") || "nothing");
    return [...new Set(since("pager"))].filter((name) => !known.includes(name)).sort();
  });
}

/** How long a story waits for something that has a budget of so many seconds: a busy machine only makes it late. */
function patience(budget: number): number {
  return 2 * budget + 60;
}

/** An alert that still fires from an earlier story would not be sent again. */
async function resolutionOf(awaited: readonly Awaited[]): Promise<void> {
  for (const { alert, receiver } of awaited) {
    const fires = () => unresolved(receiver).some(({ alertname }) => alertname === alert);
    await eventually(`the end of ${alert} from before`, 30 * 60, () => !fires());
  }
}
