import type { Fault } from "../../faults";
import { type AnyAlert, alertPlace, type PlaceOf } from "../alerts/alert";
import { ruleLabels } from "../alerts/rule-group";
import type { AlertmanagerConfig, InhibitRule, Receiver } from "./alertmanager-configuration";
import { checkMatchers } from "./check-matchers";
import { checkRoutes } from "./check-routes";
import { checkTemplates } from "./check-templates";
import { allMatch, type Labels } from "./label-matcher";
import { routedValues } from "./routed-values";
import { routesOf } from "./routes-of";

/** The context that Alertmanager's configuration is checked against. */
export interface NotificationContext {
  /** Name of the environment. */
  readonly environment: string;
  readonly alerts: readonly AnyAlert[];
  /** The templates that receivers insert. @default only those of Alertmanager itself */
  readonly messages?: string;
  /** Whether alerts may notify nobody, as on a laptop. @default false */
  readonly mayReachNobody?: boolean;
  /** The function that returns the place of an alert's faults. @default `alert <title>` */
  readonly placeOf?: PlaceOf;
}

/** Faults of Alertmanager's configuration, by itself and for these alerts. */
export function checkNotifications(config: AlertmanagerConfig, context: NotificationContext): Fault[] {
  const { environment, alerts, messages = "", mayReachNobody = false } = context;
  const unreadable = checkMatchers(config);
  if (unreadable.length > 0) return unreadable;
  const withoutIntegration = checkIntegrations(config.receivers);
  const labelled = alerts.map((alert) => labelsOf(alert, environment));
  return [
    ...checkNames("receiver", config.receivers),
    ...checkNames("time interval", config.time_intervals),
    ...checkRoutes(config),
    ...withoutIntegration,
    ...checkTemplates(config.receivers, messages),
    ...(mayReachNobody || withoutIntegration.length > 0 ? [] : checkReach(config, context)),
    ...config.inhibit_rules.flatMap((rule) => checkInhibition(rule, labelled)),
  ];
}

/** Labels by which Alertmanager routes an alert. */
function labelsOf(alert: AnyAlert, environment: string): Labels {
  return { alertname: alert.name, ...ruleLabels(alert, environment) };
}

function checkNames(what: string, named: readonly { readonly name: string }[]): Fault[] {
  const all = named.map(({ name }) => name);
  const repeated = new Set(all.filter((name, index) => all.indexOf(name) !== index));
  return [
    ...[...repeated].map((name) => ({
      place: `alertmanager: ${what} "${name}"`,
      rule: "must have a unique name",
      remedy: "rename one of the receivers with this name",
    })),
    ...all
      .filter((name) => !/^[a-z0-9][a-z0-9-]*$/.test(name))
      .map((name) => ({
        place: `alertmanager: ${what} "${name}"`,
        rule: "must be named in lower-case letters, digits and dashes",
        remedy: "name it such as `chat`",
      })),
  ];
}

const integrationsOf = ({ name: _name, ...ways }: Receiver) => Object.values(ways as object).flat();

/** Alertmanager accepts a receiver without integrations, and discards its notifications. */
function checkIntegrations(receivers: readonly Receiver[]): Fault[] {
  return receivers
    .filter((receiver) => receiver.name !== "nobody" && integrationsOf(receiver).length === 0)
    .map(({ name }) => ({
      place: `alertmanager: receiver "${name}"`,
      rule: "must have an integration: its notifications would be dropped",
      remedy: "add one, such as `slack_configs` or `webhook_configs`, or send to `nobody`",
    }));
}

/** Faults of alerts for people that notify nobody. */
function checkReach(
  { route, receivers }: AlertmanagerConfig,
  { alerts, environment, placeOf = alertPlace }: NotificationContext,
): Fault[] {
  const silent = new Set(receivers.filter((one) => integrationsOf(one).length === 0).map(({ name }) => name));
  const namespaces = routedValues(route, "namespace").flat();
  const isLost = (labels: Labels) => routesOf(route, labels).every(({ receiver }) => silent.has(receiver));
  return alerts
    .filter(({ severity }) => ["critical", "warning"].includes(severity))
    .filter((alert) => {
      const labels = labelsOf(alert, environment);
      return isLost(labels) || namespaces.some((namespace) => isLost({ ...labels, namespace }));
    })
    .map((alert) => ({
      place: placeOf(alert),
      rule: `must reach a receiver with an integration, because its severity is ${alert.severity}`,
      remedy: "change its route, or add an integration to its receiver",
    }));
}

/** A label that is missing on both sides counts as equal. An alert that matches both sides is never inhibited. */
function checkInhibition({ source_matchers, target_matchers, equal }: InhibitRule, alerts: readonly Labels[]): Fault[] {
  const place = `alertmanager: inhibition by {${source_matchers.join(", ")}}`;
  const sources = alerts.filter(allMatch(source_matchers));
  const targets = alerts.filter(allMatch(target_matchers));
  const itself = sources.filter((labels) => targets.includes(labels));
  const absent = equal.filter((label) => [...sources, ...targets].some((labels) => labels[label] === undefined));
  return [
    ...itself.map(({ alertname = "" }) => ({
      place,
      rule: "must not inhibit its own source",
      value: alertname,
      remedy: "exclude that alert from one of the two sides",
    })),
    ...(equal.length === 0
      ? [
          {
            place: `${place}: equal`,
            rule: "must name a label: otherwise a cause in one environment inhibits the alerts of all others",
            remedy: "write a label that every alert of both sides has, such as `environment`",
          },
        ]
      : []),
    ...absent.map((value) => ({
      place: `${place}: equal`,
      rule: "must name labels that every alert of both sides has",
      value,
      remedy: "remove it, or give the label to all of these alerts",
    })),
  ];
}
