import type { Receiver, Route } from "../../kit/notifications/alertmanager-configuration";
import type { EnvironmentSignals, NotificationsJson } from "../../signals-json";
import type { FieldChange, FoundChange } from "./change";
import { notifiedText } from "./compare-destinations";
import { compareNamed, type Named } from "./compare-named";
import type { DeployedObject, Fields } from "./deployed-objects";
import { fieldChanges } from "./field-changes";
import { isAlertmanagerConfig } from "./without-signals";

/** The notifications of a synth, and the objects that contain the configuration of Alertmanager. */
interface Notifying {
  readonly signals: Pick<EnvironmentSignals, "alerts" | "notifications">;
  readonly objects: Named<DeployedObject>;
}

/** Routes, receivers, inhibitions and muted times that were added, removed or changed. */
export function compareNotifications(before: Notifying, after: Notifying): FoundChange[] {
  const found = compareNamed("notifications", namedParts(before), namedParts(after), { fields: partChanges });
  return found.map((change) => {
    const receiver = change.what !== "removed" && change.name.startsWith(receiverPrefix);
    if (!receiver) return change;
    return {
      ...change,
      summary: `notified by ${notifiedText(change.name.slice(receiverPrefix.length), after.signals)}`,
    };
  });
}

const receiverPrefix = "receiver ";

function namedParts({ signals, objects }: Notifying): Record<string, unknown> {
  const { route, receivers, inhibitions, timeIntervals }: NotificationsJson = signals.notifications;
  const settings = receiverSettings(objects);
  return {
    ...routesByPath(route),
    ...Object.fromEntries(
      Object.entries(receivers).map(([name, kinds]) => [`${receiverPrefix}${name}`, { kinds, ...settings[name] }]),
    ),
    ...Object.fromEntries(
      inhibitions.map(({ source_matchers, target_matchers, equal }) => [
        `inhibition of ${braces(target_matchers)} by ${braces(source_matchers)}`,
        { equal },
      ]),
    ),
    ...Object.fromEntries(timeIntervals.map(({ name, ...times }) => [`muted time ${name}`, times])),
  };
}

/** The configurations of the integrations of each receiver, by its name. They contain no credentials, but names of files. */
function receiverSettings(objects: Named<DeployedObject>): Named<Fields> {
  const configurations = Object.values(objects).flatMap(({ content }) => alertmanagerConfigs(content));
  const receivers = configurations.flatMap(({ receivers: own }) => own as readonly Receiver[]);
  return Object.fromEntries(receivers.map(({ name, ...integrations }) => [name, integrations]));
}

function alertmanagerConfigs(value: unknown): Fields[] {
  if (typeof value !== "object" || value === null) return [];
  return isAlertmanagerConfig(value) ? [value as Fields] : Object.values(value).flatMap(alertmanagerConfigs);
}

/** Fields of a part. If a receiver has another kind of integration, the settings of the new one are not listed. */
function partChanges(before: unknown, after: unknown): FieldChange[] {
  const found = fieldChanges(before, after);
  const isOtherKind = found.some(({ field }) => field === "kinds");
  return found.filter(
    ({ field, ...sides }) => !(isOtherKind && /^\w+_configs$/.test(field) && Object.values(sides).includes(undefined)),
  );
}

/**
 * Routes by a name that consists of the matched alerts and the receiver.
 * @param above matchers of the routes above
 */
function routesByPath({ routes = [], ...route }: Route, above: readonly string[] = []): Record<string, unknown> {
  const all = [...above, ...(route.matchers ?? [])];
  const matched = all.length === 0 ? "every alert" : braces(all);
  const children = routes.map((child) => routesByPath(child, all));
  return Object.assign({ [`route of ${matched} to ${route.receiver}`]: route }, ...children);
}

function braces(matchers: readonly string[]): string {
  return `{${matchers.join(", ")}}`;
}
