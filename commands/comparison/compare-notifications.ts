import type { Route } from "../../kit/notifications/alertmanager-configuration";
import type { NotificationsJson } from "../../signals-json";
import type { FoundChange } from "./change";
import { compareNamed } from "./compare-named";

/** Routes, receivers, inhibitions and muted times that were added, removed or changed. */
export function compareNotifications(before: NotificationsJson, after: NotificationsJson): FoundChange[] {
  return compareNamed("notifications", namedParts(before), namedParts(after));
}

function namedParts({ route, receivers, inhibitions, timeIntervals }: NotificationsJson): Record<string, unknown> {
  return {
    ...routesByPath(route, "every alert"),
    ...Object.fromEntries(Object.entries(receivers).map(([name, kinds]) => [`receiver ${name}`, { kinds }])),
    ...Object.fromEntries(
      inhibitions.map(({ source_matchers, target_matchers, equal }) => [
        `inhibition of ${braces(target_matchers)} by ${braces(source_matchers)}`,
        { equal },
      ]),
    ),
    ...Object.fromEntries(timeIntervals.map(({ name, ...times }) => [`muted time ${name}`, times])),
  };
}

/** Routes by a name that consists of the matched alerts and the receiver. */
function routesByPath({ routes = [], ...route }: Route, matched: string): Record<string, unknown> {
  const children = routes.map((child) => routesByPath(child, braces(child.matchers ?? [])));
  return Object.assign({ [`route of ${matched} to ${route.receiver}`]: route }, ...children);
}

function braces(matchers: readonly string[]): string {
  return `{${matchers.join(", ")}}`;
}
