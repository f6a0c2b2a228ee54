import { setTimeout as sleep } from "node:timers/promises";
import { parseExposition } from "../../../kit/metrics/exposition";
import { namespaces } from "../../../settings/addresses";
import { alertmanagerMembers } from "../alertmanager-members";
import type { Check, Failure } from "../check";
import { ourNamespaces } from "../deployment";
import type { Server } from "../server";
import { expectedDeliveries, hasIntegration, routePaths, testAlerts } from "../test-alerts";

/** Time for the delivery itself, in addition to the times of the routes. */
const deliverySeconds = 45;

/** Sends test alerts to Alertmanager, and counts the notifications that its receivers got. */
export const testNotifications: Check = {
  id: "test-notifications",
  title: "a test alert reaches every receiver through each route, and is resolved",
  permissions: [
    { namespaces: ourNamespaces, resources: ["pods"], verbs: ["list"] },
    { namespaces: [namespaces.monitoring], resources: ["pods/proxy"], verbs: ["get", "create"] },
  ],
  creates: "test alerts, and their notifications at every receiver",
  onlyWith: "notify",
  without: ({ alertmanager: { receivers }, teams = {} }) =>
    [receivers, ...Object.values(teams)].every(({ pager, chat }) => pager === undefined && chat === undefined)
      ? "`alertmanager.receivers` is empty, and no team has a receiver"
      : undefined,
  async run(deployment) {
    const { alertmanagerConfig: config } = deployment.signals;
    const members = await alertmanagerMembers(deployment);
    const paths = routePaths(config.route).filter(({ receivers }) =>
      receivers.some((name) => hasIntegration(config.receivers, name)),
    );
    const expected = expectedDeliveries(paths, config.receivers);
    const since = Date.now();
    const before = await deliveries(members);
    await post(members, testAlerts(paths, deployment.environment.name, since));
    const wait = Math.max(...paths.map(({ wait }) => wait)) + deliverySeconds;
    const firing = await untilDelivered(members, before, expected, wait);
    const afterFiring = await deliveries(members);
    await post(members, testAlerts(paths, deployment.environment.name, since, Date.now()));
    const interval = Math.max(...paths.map(({ interval }) => interval)) + deliverySeconds;
    const resolved = firing.length > 0 ? [] : await untilDelivered(members, afterFiring, expected, interval);
    const failures = [
      ...firing.map((text) => failureOf(text, "the notification of the test alert", wait)),
      ...resolved.map((text) => failureOf(text, "the resolution of the test alert", interval)),
    ];
    return { failures, extent: `${paths.length} routes, ${expected.size} integrations` };
  },
};

/** Prometheus sends its alerts to every member too. */
async function post(members: readonly Server[], alerts: readonly object[]): Promise<void> {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(alerts) };
  await Promise.all(members.map((member) => member.text("/api/v2/alerts", init)));
}

/** Delivered notifications by receiver and integration, of all members. */
async function deliveries(members: readonly Server[]): Promise<ReadonlyMap<string, number>> {
  const texts = await Promise.all(members.map((member) => member.text("/metrics")));
  return deliveriesIn(texts.join("\n"));
}

/** How a counter of Alertmanager contributes to the number of delivered notifications. */
const signs: Readonly<Record<string, 1 | -1>> = {
  alertmanager_notification_requests_total: 1,
  alertmanager_notification_requests_failed_total: -1,
};

/**
 * Requests that a receiver has answered. `alertmanager_notifications_total` also counts notifications that are still tried.
 * @param text metrics of Alertmanager, in Prometheus' text format
 */
export function deliveriesIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name, labels, value } of parseExposition(text).samples) {
    const sign = signs[name];
    if (sign === undefined) continue;
    const key = `${labels.receiver_name}/${labels.integration}`;
    counts.set(key, (counts.get(key) ?? 0) + sign * value);
  }
  return counts;
}

/** @returns the receivers that did not get the expected number of notifications in time */
async function untilDelivered(
  members: readonly Server[],
  before: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number>,
  seconds: number,
): Promise<readonly string[]> {
  const missing = (now: ReadonlyMap<string, number>) =>
    [...expected].filter(([key, count]) => (now.get(key) ?? 0) - (before.get(key) ?? 0) < count).map(([key]) => key);
  let last = [...expected.keys()];
  for (const end = Date.now() + seconds * 1000; Date.now() < end && last.length > 0; await sleep(2000)) {
    last = missing(await deliveries(members));
  }
  return last;
}

function failureOf(receiver: string, what: string, seconds: number): Failure {
  return {
    where: `receiver ${receiver}`,
    expected: `${what} within ${seconds} s`,
    found: "it was not delivered: the receiver refuses it or cannot be reached, or a mute time or silence applies",
    runbook: "AlertmanagerNotificationsFailing",
  };
}
