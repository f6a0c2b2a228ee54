import type { Fault } from "../../faults";
import { suggestion } from "../queries/matching";
import type { Vocabulary } from "../queries/series";
import type { AnyAlert } from "./alert";
import { inhibitorsOf } from "./inhibitors";
import { limitText, outsideUnit, sideOf, withValue } from "./limit";
import { type AlertOverride, type AlertOverrides, type OverriddenAlert, overrideKey } from "./overrides";
import type { SwitchedOff } from "./switched-off";

/** The alerts that overrides may name. */
export interface Overridable {
  /** The alerts of the environment before any override. */
  readonly alerts: readonly AnyAlert[];
  /** Alerts of the product that the settings of the environment switch off. */
  readonly switchedOff: readonly SwitchedOff[];
  /** The teams of the environment. */
  readonly teams: readonly string[];
  /** Place of the overrides, such as `config/<env>.ts: alerts`. */
  readonly place: string;
}

/** Faults of overrides whose alert does not exist in the environment, or cannot be changed as they state. */
export function checkOverrides(overrides: AlertOverrides, known: Overridable): Fault[] {
  return Object.entries(overrides).flatMap(([key, override]) => {
    const place = overridePlace(known.place, key);
    const named = known.alerts.filter(({ title, name }) => title === key || name === key);
    if (named.length === 0) return [unknownAlert(key, place, known)];
    const own = named.filter((alert) => overrideKey(alert, overrides) === key);
    return [
      ...checkVariants(key, override, own, place),
      ...checkTeam(override, known.teams, place),
      ...distinct(own.flatMap((alert) => checkOverride(alert, override, place))),
    ];
  });
}

/** The place of an override, or of one of its fields. */
export function overridePlace(place: string, key: string, field?: string): string {
  const at = /^\w+$/.test(key) ? `.${key}` : `["${key}"]`;
  return `${place}${at}${field === undefined ? "" : `.${field}`}`;
}

function unknownAlert(key: string, place: string, { alerts, switchedOff }: Overridable): Fault {
  const off = switchedOff.find(({ title }) => title === key || title.startsWith(`${key} `));
  if (off) {
    const rule = `must be an alert of the environment, which does not have it: ${off.because}`;
    return { place, rule, value: key, remedy: "remove the override" };
  }
  const names = new Set(alerts.flatMap(({ title, name }) => [title, name]));
  return { place, rule: "must be the name of an alert", value: key, remedy: suggestion(key, [...names]) };
}

/** One limit cannot be right for alerts with different limits. */
function checkVariants(key: string, { above, below }: AlertOverride, own: readonly AnyAlert[], place: string): Fault[] {
  const field = above === undefined ? "below" : "above";
  const value = above ?? below;
  if (value === undefined || own.length < 2) return [];
  const titles = own.map(({ title }) => `"${title}"`).join(", ");
  const rule = `must name one alert, because ${own.length} alerts with different limits are called ${key}`;
  return [{ place: `${place}.${field}`, rule, value: `${value}`, remedy: `change one of ${titles}` }];
}

/** An alert with the label of an unknown team would notify the platform. */
function checkTeam({ team }: AlertOverride, teams: readonly string[], place: string): Fault[] {
  if (team === undefined || teams.includes(team)) return [];
  const rule = "must be a team of the environment";
  return [{ place: `${place}.team`, rule, value: team, remedy: suggestion(team, teams) }];
}

/** Faults of an override that is meant for this alert. */
export function checkOverride(alert: AnyAlert, override: AlertOverride, place: string): Fault[] {
  if (override.off) return [];
  return [
    ...checkLimit(alert, override, place),
    ...checkFor(alert, override, place),
    ...checkHeartbeat(alert, override, place),
  ];
}

function checkLimit(alert: AnyAlert, override: AlertOverride, place: string): Fault[] {
  const side = sideOf(alert);
  const other = side === "above" ? "below" : "above";
  const { limit } = alert;
  if (override[other] !== undefined) {
    const rule = `must be \`${side}\`: the alert fires when its measure is ${side} ${limitText(limit)}`;
    return [{ place: `${place}.${other}`, rule, value: `${override[other]}`, remedy: `write \`${side}\` instead` }];
  }
  const value = override[side];
  if (value === undefined) return [];
  const at = { place: `${place}.${side}`, value: `${value}` };
  if (limit.setting !== undefined) {
    const rule = `must not be set: \`${limit.setting}\` decides this limit`;
    return [{ ...at, rule, remedy: `change \`${limit.setting}\`, or remove \`${side}\`` }];
  }
  const rule = outsideUnit(withValue(limit, value));
  return rule === undefined ? [] : [{ ...at, rule, remedy: `the limit of the product is ${limit}` }];
}

/** Without `for`, the windows of the measure decide how long a problem lasts, and no scenario is a short blip. */
function checkFor(alert: AnyAlert, { for: lasting }: AlertOverride, place: string): Fault[] {
  if (lasting === undefined || alert.for !== undefined) return [];
  const rule = "must not be set: the alert fires at once, because its measure already covers a period of time";
  return [
    { place: `${place}.for`, rule, value: lasting, remedy: `change \`${sideOf(alert)}\` instead, or \`severity\`` },
  ];
}

function checkHeartbeat(alert: AnyAlert, { severity, team }: AlertOverride, place: string): Fault[] {
  if (alert.severity !== "heartbeat") return [];
  const rule = "must not be set: an external service receives this alert while everything works";
  return Object.entries({ severity, team }).flatMap(([field, value]) =>
    value === undefined ? [] : [{ place: `${place}.${field}`, rule, value, remedy: "remove it" }],
  );
}

/**
 * Faults of overrides that would hide a problem from everybody: an alert that notifies nobody must not inhibit others.
 * @param alerts the alerts of the environment with their overrides
 */
export function checkSilencedInhibitors(
  overridden: readonly OverriddenAlert[],
  alerts: readonly AnyAlert[],
  vocabulary: Vocabulary,
  place: string,
): Fault[] {
  return overridden.flatMap(({ key, declared, changed }) => {
    if (changed?.severity !== "info" || declared.severity === "info") return [];
    const inhibited = alerts.filter(({ severity }) => severity !== "info");
    const titles = inhibited
      .filter((alert) => inhibitorsOf(alert, [changed], vocabulary).length > 0)
      .map(({ title }) => title);
    if (titles.length === 0) return [];
    return [
      {
        place: overridePlace(place, key, "severity"),
        rule: `must not be info: while the alert fires, it inhibits ${titles.join(", ")}, and nobody would be notified`,
        value: changed.severity,
        remedy: "use `warning`, or `off: true`, which also ends the inhibition",
      },
    ];
  });
}

/** The alerts that must page, whatever an environment changes, each with the reason. */
export type RequiredPages = Readonly<Record<string, string>>;

/** Faults of overrides by which an alert would no longer page, although it must. */
export function checkRequiredPages(
  overridden: readonly OverriddenAlert[],
  required: RequiredPages,
  place: string,
): Fault[] {
  return overridden.flatMap(({ key, override, declared, changed }) => {
    const reason = required[declared.title];
    if (reason === undefined) return [];
    const fault = (field: "off" | "severity", value: string) => ({
      place: overridePlace(place, key, field),
      rule: `must page in tier \`production\`: ${reason}`,
      value,
      remedy: `remove \`${field}\``,
    });
    if (changed === undefined) return [fault("off", "true")];
    return changed.severity === declared.severity ? [] : [fault("severity", `"${override.severity}"`)];
  });
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  const keys = faults.map((fault) => JSON.stringify(fault));
  return faults.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
