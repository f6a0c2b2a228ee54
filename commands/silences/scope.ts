import type { Fault } from "../../faults";
import type { Matcher } from "../../kit/notifications/label-matcher";
import { escapePattern } from "../../kit/queries/escape-pattern";
import { suggestion } from "../../kit/queries/matching";
import { coveredNamespaces, namespacesOfTeams, platformTeam, type WithTeams } from "../../settings/team-members";
import { type KnownAlert, labelsOf, matchedExtent, valuesOf } from "./known-alerts";

/** What is silenced. A silence holds back the notifications whose labels all of its matchers match. */
export interface Scope {
  /** The words for messages: `the team payments`. */
  readonly text: string;
  /** The matchers of each silence. Together, the silences cover the scope. */
  readonly silences: readonly (readonly Matcher[])[];
}

/** The word for all alerts. */
export const everything = "everything";

/**
 * The heartbeat of our rules, and Watchdog of the charts, whose severity is `none`. An external service pages when they
 * stop, so that every silence leaves them out.
 */
const exceptHeartbeat: Matcher = { label: "severity", operator: "!~", value: "heartbeat|none" };

/** Whether an alert must never be silenced. */
export function isHeartbeat({ labels }: Pick<KnownAlert, "labels">): boolean {
  return /^(heartbeat|none)$/.test(labels.severity ?? "");
}

/** The scope of one or several silences. */
export function scope(text: string, ...silences: readonly (readonly Matcher[])[]): Scope {
  return { text, silences: silences.map((matchers) => [...matchers, exceptHeartbeat]) };
}

/** A matcher of one of the values. */
export function oneOf(label: string, values: readonly string[]): Matcher {
  const [only = ""] = values;
  if (values.length === 1) return { label, operator: "=", value: only };
  return { label, operator: "=~", value: values.map(escapePattern).join("|") };
}

/**
 * The scope that a user names: an alert, a team, a namespace, a service or a subject by its name, or `label=value`, or
 * `everything`.
 * @param alerts all alerts of the environment
 * @returns a fault if no alert has the name, or if the name has several meanings
 */
export function findScope(given: string, environment: WithTeams, alerts: readonly KnownAlert[]): Scope | Fault {
  if (given === everything) return scope("all alerts", [{ label: "alertname", operator: "=~", value: ".+" }]);
  const named = given.includes("=") ? [labelScope(given, environment)] : namedScopes(given, environment, alerts);
  const found = named.filter((one) => isEffective(one, alerts));
  const [first, ...others] = found;
  if (first === undefined) return unknownFault(given, environment, alerts);
  const other = others.find((one) => coverage(one, alerts) !== coverage(first, alerts));
  return other === undefined ? first : ambiguousFault(given, found);
}

const place = "<what>";

/** The scopes that a name can mean. A subject counts only if nothing else has its name. */
function namedScopes(name: string, environment: WithTeams, alerts: readonly KnownAlert[]): readonly Scope[] {
  // Labels of other charts' alerts may have any value, so that a name counts only where it is listed.
  const isListed = (label: string) =>
    label === "namespace" ? coveredNamespaces(environment).includes(name) : valuesOf(alerts, label).includes(name);
  const found = ["alertname", "team", "namespace", "service"]
    .filter(isListed)
    .map((label) => labelScope(`${label}=${name}`, environment))
    .filter((one) => isEffective(one, alerts));
  if (found.length > 0) return found;
  const ofSubject = alerts.filter(({ subject }) => subject === name).map((alert) => alert.name);
  return ofSubject.length > 0 ? [scope(`the subject ${name}`, [oneOf("alertname", [...new Set(ofSubject)])])] : [];
}

function labelScope(given: string, environment: WithTeams): Scope {
  const [, label = "", value = ""] = /^(\w*)=(.*)$/s.exec(given) ?? [];
  if (label === "team") return teamScope(value, environment);
  return scope(label === "alertname" ? `the alert ${value}` : `the ${label} ${value}`, [
    { label, operator: "=", value },
  ]);
}

/** The alerts that notify a team, by the same rules as the routes: of the team itself, and about its namespaces. */
function teamScope(team: string, { teams = {} }: WithTeams): Scope {
  const others = Object.keys(teams);
  const ours = teams[team]?.namespaces ?? [];
  const text = `the team ${team}`;
  if (team !== platformTeam) {
    const named = [oneOf("team", [team])];
    if (ours.length === 0) return scope(text, named);
    return scope(text, named, [
      oneOf("namespace", ours),
      { label: "team", operator: "!~", value: others.map(escapePattern).join("|") },
    ]);
  }
  const theirs = namespacesOfTeams({ teams }).map(escapePattern);
  return scope(text, [
    { label: "team", operator: "=", value: platformTeam },
    ...(theirs.length > 0 ? [{ label: "namespace", operator: "!~", value: theirs.join("|") } as const] : []),
  ]);
}

/** Whether the scope contains a notification of an alert that may be silenced. */
function isEffective({ silences }: Scope, alerts: readonly KnownAlert[]): boolean {
  return alerts.some(
    (alert) => !isHeartbeat(alert) && silences.some((matchers) => matchedExtent(alert, matchers) !== "none"),
  );
}

/** Scopes with the same coverage hold back the same notifications. */
function coverage({ silences }: Scope, alerts: readonly KnownAlert[]): string {
  return alerts.map((alert) => silences.map((matchers) => matchedExtent(alert, matchers)).sort()).join(";");
}

function unknownFault(given: string, environment: WithTeams, alerts: readonly KnownAlert[]): Fault {
  const beat = alerts.find((alert) => isHeartbeat(alert) && [alert.name, `alertname=${alert.name}`].includes(given));
  if (beat !== undefined || /^severity=(heartbeat|none)$/.test(given)) {
    return {
      place,
      value: given,
      rule: "must not be the heartbeat, because an external service pages when it stops",
      remedy: "name the alerts that the work disturbs; if it stops the monitoring itself, pause the external service",
    };
  }
  const heard = alerts.filter((alert) => !isHeartbeat(alert));
  const [label, value] = given.includes("=") ? given.split("=") : [undefined, given];
  if (label !== undefined && labelsOf(heard).includes(label)) {
    const values = valuesOf(heard, label);
    const rule = `must match an alert: no alert of the environment has this value in its label "${label}"`;
    return { place, value: given, rule, remedy: suggestion(value ?? "", values) };
  }
  if (label !== undefined) {
    const rule = "must name a label that an alert of the environment has";
    return { place, value: given, rule, remedy: suggestion(label, labelsOf(heard)) };
  }
  const names = [...new Set(["alertname", "team", "service"].flatMap((one) => valuesOf(heard, one)))];
  return {
    place,
    value: given,
    rule: "must be `everything`, `<label>=<value>`, or the name of an alert, a team, a namespace or a service of the environment",
    remedy: suggestion(given, [...Object.keys(environment.teams ?? {}), ...coveredNamespaces(environment), ...names]),
  };
}

function ambiguousFault(given: string, found: readonly Scope[]): Fault {
  const meant = found.map(({ text }) => text.replace(/^the /, "").replace("alert ", "alertname ").replace(" ", "="));
  return {
    place,
    value: given,
    rule: `must have one meaning, and is ${found.map(({ text }) => text).join(" and ")}`,
    remedy: `write ${meant.map((one) => `\`${one}\``).join(" or ")}`,
  };
}
