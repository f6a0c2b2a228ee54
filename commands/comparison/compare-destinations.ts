import { severities } from "../../kit/alerts/alert";
import { canBeAbout } from "../../kit/notifications/about-namespace";
import type { Route } from "../../kit/notifications/alertmanager-configuration";
import { routedValues } from "../../kit/notifications/routed-values";
import { routesOf } from "../../kit/notifications/routes-of";
import type { AlertJson, EnvironmentSignals } from "../../signals-json";
import type { FoundChange } from "./change";

/** The part of the signals that decides who is notified of an alert. */
type Routed = Pick<EnvironmentSignals, "alerts" | "notifications">;

/**
 * Alerts that now go elsewhere: each alert that both synths have is run through both routing trees, also as an alert about
 * each namespace that routes name. Alerts with the same change are one change.
 */
export function compareDestinations(before: Routed, after: Routed): FoundChange[] {
  const routes = [before, after].map(({ notifications }) => notifications.route);
  const moved = new Map<
    string,
    { readonly place: Place; readonly fields: FoundChange["fields"]; alerts: AlertJson[] }
  >();
  for (const alert of after.alerts) {
    const known = before.alerts.find(({ title }) => title === alert.title);
    if (known === undefined) continue;
    for (const place of placesOf(alert, routes).filter((one) => isPlaceOf(known, one))) {
      const [one, other] = [
        destinations(known, before.notifications.route, place),
        destinations(alert, after.notifications.route, place),
      ];
      if (one === other) continue;
      const fields = [{ field: "notified", before: one, after: other }];
      const key = JSON.stringify([place, fields]);
      moved.set(key, { place, fields, alerts: [...(moved.get(key)?.alerts ?? []), alert] });
    }
  }
  return [...moved.values()].map(({ place, fields, alerts }) => ({
    area: "notifications",
    what: "changed",
    name: `${alertsText(alerts, after.alerts)}${placeText(place)}`,
    fields,
  }));
}

/** A namespace that an alert is about. @default any namespace without a route of its own */
type Place = string | undefined;

/** The places of an alert that may have different receivers. */
function placesOf(alert: AlertJson, routes: readonly Route[]): readonly Place[] {
  const namespaces = new Set(routes.flatMap((route) => routedValues(route, "namespace").flat()));
  return [undefined, ...[...namespaces].filter((namespace) => isPlaceOf(alert, namespace))];
}

/** Whether the expression of an alert selects a namespace by its name. */
function isPlaceOf({ expression }: AlertJson, place: Place): boolean {
  return place === undefined || canBeAbout(expression, place);
}

function placeText(place: Place): string {
  return place === undefined ? "" : ` about the namespace ${place}`;
}

/** The receivers of an alert, each with the times at which it is muted: `pager, chat (muted at nights)`. */
export function destinations(alert: AlertJson, route: Route, namespace?: string): string {
  const texts = routesOf(route, labelsOf(alert, namespace)).map(({ receiver, mute_time_intervals: muted = [] }) =>
    muted.length > 0 ? `${receiver} (muted at ${muted.join(", ")})` : receiver,
  );
  return [...new Set(texts)].join(", ");
}

/** The alerts that notify a receiver, in a few words: `all 56 critical alerts and all 44 warning alerts`. */
export function notifiedText(receiver: string, { alerts, notifications }: Routed): string {
  const { route } = notifications;
  const texts = [undefined, ...routedValues(route, "namespace").flat()].flatMap((place) => {
    const notifying = alerts
      .filter((alert) => isPlaceOf(alert, place))
      .filter((alert) => routesOf(route, labelsOf(alert, place)).some((one) => one.receiver === receiver));
    return notifying.length === 0 ? [] : [`${alertsText(notifying, alerts)}${placeText(place)}`];
  });
  return texts.length === 0 ? "no alert" : texts.join("; ");
}

function labelsOf({ name, labels }: AlertJson, namespace?: string) {
  return { alertname: name, ...labels, ...(namespace !== undefined && { namespace }) };
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
