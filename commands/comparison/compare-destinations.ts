import { severities } from "../../kit/alerts/alert";
import type { Route } from "../../kit/notifications/alertmanager-configuration";
import { routesOf } from "../../kit/notifications/routes-of";
import type { AlertJson, EnvironmentSignals } from "../../signals-json";
import type { FoundChange } from "./change";

/** The part of the signals that decides who is notified of an alert. */
type Routed = Pick<EnvironmentSignals, "alerts" | "notifications">;

/**
 * Alerts that now go elsewhere: each alert that both synths have is run through both routing trees. Alerts with the same
 * change are one change.
 */
export function compareDestinations(before: Routed, after: Routed): FoundChange[] {
  const moved = new Map<string, { readonly fields: FoundChange["fields"]; readonly alerts: AlertJson[] }>();
  for (const alert of after.alerts) {
    const known = before.alerts.find(({ title }) => title === alert.title);
    if (known === undefined) continue;
    const [one, other] = [
      destinations(known, before.notifications.route),
      destinations(alert, after.notifications.route),
    ];
    if (one === other) continue;
    const fields = [{ field: "notified", before: one, after: other }];
    const key = JSON.stringify(fields);
    moved.set(key, { fields, alerts: [...(moved.get(key)?.alerts ?? []), alert] });
  }
  return [...moved.values()].map(({ fields, alerts }) => ({
    area: "notifications",
    what: "changed",
    name: alertsText(alerts, after.alerts),
    fields,
  }));
}

/** The receivers of an alert, each with the times at which it is muted: `pager, chat (muted at nights)`. */
export function destinations(alert: AlertJson, route: Route): string {
  const texts = routesOf(route, labelsOf(alert)).map(({ receiver, mute_time_intervals: muted = [] }) =>
    muted.length > 0 ? `${receiver} (muted at ${muted.join(", ")})` : receiver,
  );
  return [...new Set(texts)].join(", ");
}

/** The alerts that notify a receiver, in a few words: `all 56 critical alerts and all 44 warning alerts`. */
export function notifiedText(receiver: string, { alerts, notifications }: Routed): string {
  const notifying = alerts.filter((alert) =>
    routesOf(notifications.route, labelsOf(alert)).some((route) => route.receiver === receiver),
  );
  return notifying.length === 0 ? "no alert" : alertsText(notifying, alerts);
}

function labelsOf({ name, labels }: AlertJson) {
  return { alertname: name, ...labels };
}

/** Number of alerts that are listed by their titles. */
const listed = 3;

/** These alerts in a few words. Severities of which all alerts are meant are named as a whole. */
function alertsText(meant: readonly AlertJson[], all: readonly AlertJson[]): string {
  if (meant.length <= listed) return meant.map(({ title }) => title).join(", ");
  const texts = severities.flatMap((severity) => {
    const [own, known] = [meant, all].map((alerts) => alerts.filter((alert) => alert.severity === severity).length);
    if (own === 0) return [];
    return own === known ? `all ${own} ${severity} alerts` : `${own} of ${known} ${severity} alerts`;
  });
  return texts.join(" and ");
}
