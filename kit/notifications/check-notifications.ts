import type { Environment } from "../../config/environment";
import type { Fault } from "../../faults";
import type { AnyAlert } from "../alerts/alert";
import { labelsOf } from "../alerts/rule-group";
import type { AlertmanagerConfig, InhibitRule, Receiver, Route } from "./alertmanager-configuration";
import { checkRoutes } from "./check-routes";
import { allMatch, type Labels } from "./label-matcher";

/** What is wrong with Alertmanager's configuration, of itself and for these alerts. */
export function checkNotifications(
  config: AlertmanagerConfig,
  environment: Pick<Environment, "name" | "tier">,
  alerts: readonly AnyAlert[],
): Fault[] {
  const labelled = alerts.map((alert) => ({ alertname: alert.name, ...labelsOf(alert, environment) }));
  return [
    ...names("receiver", config.receivers),
    ...names("time interval", config.time_intervals),
    ...checkRoutes(config),
    ...integrations(config.receivers),
    ...(environment.tier === "local" ? [] : unheard(config, labelled)),
    ...config.inhibit_rules.flatMap((rule) => inhibition(rule, labelled)),
  ];
}

function names(what: string, named: readonly { readonly name: string }[]): Fault[] {
  const all = named.map(({ name }) => name);
  const repeated = new Set(all.filter((name, index) => all.indexOf(name) !== index));
  return [
    ...[...repeated].map((name) => ({
      place: `alertmanager: ${what} "${name}"`,
      rule: "must have a name of its own",
      remedy: "rename one of those that share it",
    })),
    ...all
      .filter((name) => !/^[a-z][a-z0-9-]*$/.test(name))
      .map((name) => ({
        place: `alertmanager: ${what} "${name}"`,
        rule: "must be named in lower-case letters, digits and dashes",
        remedy: "name it such as `chat`",
      })),
  ];
}

const integrationsOf = ({ name: _name, ...ways }: Receiver) => Object.values(ways as object).flat();

/** Alertmanager takes a receiver without integrations, and drops what it is sent. */
function integrations(receivers: readonly Receiver[]): Fault[] {
  return receivers
    .filter((receiver) => receiver.name !== "nobody" && integrationsOf(receiver).length === 0)
    .map(({ name }) => ({
      place: `alertmanager: receiver "${name}"`,
      rule: "must have an integration: what it is sent would be dropped",
      remedy: "add `slack`, `pagerduty`, `email` or `webhook`, or send to `nobody`",
    }));
}

/** Alerts for people of which no one is told. */
function unheard({ route, receivers }: AlertmanagerConfig, alerts: readonly Labels[]): Fault[] {
  const silent = new Set(receivers.filter((one) => integrationsOf(one).length === 0).map(({ name }) => name));
  return alerts
    .filter(({ severity = "" }) => ["critical", "warning"].includes(severity))
    .filter((labels) => receiversOf(route, labels).every((receiver) => silent.has(receiver)))
    .map(({ alertname, severity }) => ({
      place: `alert ${alertname}`,
      rule: `is ${severity}, and reaches a receiver without integration`,
      remedy: "route it to one that reaches somebody",
    }));
}

/** As Alertmanager finds them: the deepest route that matches, and those beside it while they `continue`. */
export function receiversOf({ receiver, routes = [] }: Route, labels: Labels): readonly string[] {
  const found: string[] = [];
  for (const route of routes.filter(({ matchers }) => allMatch(matchers)(labels))) {
    found.push(...receiversOf(route, labels));
    if (!route.continue) break;
  }
  return found.length > 0 ? found : [receiver];
}

/** What is missing on both sides counts as equal, and an alert that is on both sides is never silenced. */
function inhibition({ source_matchers, target_matchers, equal }: InhibitRule, alerts: readonly Labels[]): Fault[] {
  const place = `alertmanager: inhibition by {${source_matchers.join(", ")}}`;
  const sources = alerts.filter(allMatch(source_matchers));
  const targets = alerts.filter(allMatch(target_matchers));
  const itself = sources.filter((labels) => targets.includes(labels));
  const absent = equal.filter((label) => [...sources, ...targets].some((labels) => labels[label] === undefined));
  return [
    ...itself.map(({ alertname = "" }) => ({
      place,
      rule: "must not silence what it comes from",
      value: alertname,
      remedy: "leave that alert out of one of the two sides",
    })),
    ...absent.map((value) => ({
      place: `${place}: equal`,
      rule: "must name labels that every alert of both sides has",
      value,
      remedy: "leave it out, or give the label to all of them",
    })),
  ];
}
