import type { Vocabulary } from "../queries/series";
import { type AnyAlert, severities } from "./alert";
import { inhibitorsOf } from "./inhibitors";
import { limitText, sideOf } from "./limit";
import type { OverriddenAlert } from "./overrides";

/** An override as people read it, and what follows from it for other alerts. */
export interface OverrideSummary {
  /** Title of the alert. */
  readonly title: string;
  /** Key of the override: the title or the name of the alert. */
  readonly key: string;
  /** The changes, such as `above 95 % instead of 85 %, for 20m instead of 10m`; `off` without the alert. */
  readonly changes: string;
  readonly because: string;
  /** Last day of the override, such as `2027-03-01`. @default it does not end */
  readonly until?: string;
  /** Titles of alerts that stay silent in a scenario because this alert notifies somebody, which it no longer does as declared. */
  readonly relying: readonly string[];
  /** Titles of alerts that this alert inhibits as declared, and no longer. */
  readonly uninhibited: readonly string[];
}

/** @param alerts the alerts of the environment with their overrides */
export function overrideSummaries(
  overridden: readonly OverriddenAlert[],
  alerts: readonly AnyAlert[],
  vocabulary: Vocabulary,
): readonly OverrideSummary[] {
  return overridden.map(({ key, override, declared, changed }) => {
    const inhibitedBy = (by: AnyAlert | undefined) =>
      by ? alerts.filter((alert) => inhibitorsOf(alert, [by], vocabulary).length > 0) : [];
    const still = inhibitedBy(changed);
    return {
      title: declared.title,
      key,
      changes: changesText(declared, changed),
      because: override.because.replace(/\.$/, ""),
      ...(override.until !== undefined && { until: override.until }),
      relying: isWeaker(declared, changed) ? relyingOn(declared, alerts).map(({ title }) => title) : [],
      uninhibited: inhibitedBy(declared)
        .filter((alert) => !still.includes(alert))
        .map(({ title }) => title),
    };
  });
}

function changesText(declared: AnyAlert, changed: AnyAlert | undefined): string {
  if (changed === undefined) return "off";
  const fields = [
    [`${sideOf(declared)} `, limitText(changed.limit), limitText(declared.limit)],
    ["for ", changed.for, declared.for],
    ["severity ", changed.severity, declared.severity],
  ] as const;
  const texts = fields.flatMap(([name, now, before]) => (now === before ? [] : `${name}${now} instead of ${before}`));
  return texts.join(", ") || "the values of the product";
}

/** Whether the alert notifies fewer people than declared. */
function isWeaker(declared: AnyAlert, changed: AnyAlert | undefined): boolean {
  return changed === undefined || severities.indexOf(changed.severity) > severities.indexOf(declared.severity);
}

function relyingOn({ name, title }: AnyAlert, alerts: readonly AnyAlert[]): readonly AnyAlert[] {
  const named = new RegExp(`\\b${name}\\b`);
  return alerts.filter(
    (alert) =>
      alert.title !== title &&
      Object.values(alert.scenarios).some(
        (scenario) => scenario.outcome === "silent" && named.test(scenario.because ?? ""),
      ),
  );
}
