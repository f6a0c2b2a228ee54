import { setTimeout as sleep } from "node:timers/promises";
import type { Disruption } from "./disruption";
import { whileDisrupted } from "./disruptions";
import { eventually } from "./kubernetes";
import { figure, figureWithin, secondsSince, seen } from "./results";
import { notifiedAlerts, unresolved } from "./webhook";

/** A notification that a story waits for. */
export interface ExpectedNotification {
  readonly alert: string;
  readonly receiver: "pager" | "chat";
  /** The budget, in seconds from the start of the disruption. The story waits longer. */
  readonly within: number;
}

/**
 * Disrupts the ERP, waits for the notifications, and undoes the disruptions.
 *
 * @param extra how many milliseconds the disruptions last after the last notification
 * @returns the names of all alerts that paged meanwhile, except those that were already firing
 */
export async function disruptUntilNotified(
  disruptions: readonly Disruption[],
  expected: readonly ExpectedNotification[],
  extra = 0,
): Promise<string[]> {
  await waitUntilResolved(expected);
  const before = { pager: notifiedAlerts("pager", "firing").length, chat: notifiedAlerts("chat", "firing").length };
  const since = (receiver: ExpectedNotification["receiver"]) =>
    notifiedAlerts(receiver, "firing").slice(before[receiver]);
  const known = unresolved("pager").map(({ alertname }) => alertname);
  return whileDisrupted(disruptions, async () => {
    const start = Date.now();
    for (const { alert, receiver, within } of expected) {
      const left = timeout(within) - (Date.now() - start) / 1000;
      await eventually(`${alert} at the ${receiver}`, left, () => since(receiver).includes(alert));
      const seconds = secondsSince(start);
      figureWithin(`from the disruption to ${alert}`, seconds, "s", within);
      seen(alert, receiver, seconds);
    }
    await sleep(extra);
    const alerts = expected.map(({ alert }) => alert).join(", ");
    figure(`alerts in the chat during ${alerts}`, [...new Set(since("chat"))].join(", ") || "nothing");
    return [...new Set(since("pager"))].filter((name) => !known.includes(name)).sort();
  });
}

/** Seconds that a story waits for an event with this budget. On a busy machine, events are late, but they happen. */
export function timeout(budget: number): number {
  return 2 * budget + 60;
}

/** Waits until the expected alerts of earlier stories are resolved: an alert that still fires is not sent again. */
export async function waitUntilResolved(expected: readonly ExpectedNotification[]): Promise<void> {
  for (const { alert, receiver } of expected) {
    const isFiring = () => unresolved(receiver).some(({ alertname }) => alertname === alert);
    await eventually(`the resolution of ${alert} from an earlier story`, 30 * 60, () => !isFiring());
  }
}
