import { inSeconds } from "../queries/duration";
import type { Vocabulary } from "../queries/series";
import { type AnyAlert, severities } from "./alert";
import { inhibitorsOf } from "./inhibitors";
import { limitText, sideOf } from "./limit";
import type { AlertOverride, OverriddenAlert } from "./overrides";

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
  /**
   * Titles of alerts that can notify before the alert that inhibits them fires, because the override changes `for` of one of
   * the two. As declared, the inhibitor fires first.
   */
  readonly late: readonly { readonly inhibited: string; readonly inhibitor: string }[];
}

/** @param alerts the alerts of the environment with their overrides */
export function overrideSummaries(
  overridden: readonly OverriddenAlert[],
  alerts: readonly AnyAlert[],
  vocabulary: Vocabulary,
): readonly OverrideSummary[] {
  const declaredAs = new Map(overridden.map(({ changed, declared }) => [changed, declared]));
  const isLate = ({ inhibited, inhibitor }: Inhibition) => forSeconds(inhibitor) > forSeconds(inhibited);
  const asDeclared = ({ inhibited, inhibitor }: Inhibition): Inhibition => ({
    inhibited: declaredAs.get(inhibited) ?? inhibited,
    inhibitor: declaredAs.get(inhibitor) ?? inhibitor,
  });
  return overridden.map(({ key, override, declared, changed }) => {
    const inhibitedBy = (by: AnyAlert | undefined): readonly Inhibition[] =>
      by
        ? alerts
            .filter((alert) => inhibitorsOf(alert, [by], vocabulary).length > 0)
            .map((inhibited) => ({ inhibited, inhibitor: by }))
        : [];
    const inhibitorsNow = changed ? inhibitorsOf(changed, alerts, vocabulary) : [];
    const still = inhibitedBy(changed);
    const left = new Set(still.map(({ inhibited }) => inhibited));
    const pairs = [...still, ...inhibitorsNow.map((inhibitor) => ({ inhibited: changed as AnyAlert, inhibitor }))];
    return {
      title: declared.title,
      key,
      changes: changesText(declared, changed, override),
      because: override.because.replace(/\.$/, ""),
      ...(override.until !== undefined && { until: override.until }),
      relying: isWeaker(declared, changed) ? relyingOn(declared, alerts).map(({ title }) => title) : [],
      uninhibited: inhibitedBy(declared).flatMap(({ inhibited }) => (left.has(inhibited) ? [] : inhibited.title)),
      late: pairs
        .filter((pair) => isLate(pair) && !isLate(asDeclared(pair)))
        .map(({ inhibited, inhibitor }) => ({ inhibited: inhibited.title, inhibitor: inhibitor.title })),
    };
  });
}

/** Two alerts, of which one inhibits the other. */
interface Inhibition {
  readonly inhibited: AnyAlert;
  readonly inhibitor: AnyAlert;
}

function forSeconds(alert: AnyAlert): number {
  return inSeconds(alert.for ?? "0s");
}

/** Inhibitions that can come too late, as text: `CheckoutSlow before PaymentsDown`. */
export function lateText(late: OverrideSummary["late"]): string {
  return late.map(({ inhibited, inhibitor }) => `${inhibited} before ${inhibitor}`).join(", ");
}

function changesText(declared: AnyAlert, changed: AnyAlert | undefined, { team }: AlertOverride): string {
  if (changed === undefined) return "off";
  const fields = [
    [`${sideOf(declared)} `, limitText(changed.limit), limitText(declared.limit)],
    ["for ", changed.for, declared.for],
    ["severity ", changed.severity, declared.severity],
    ["team ", changed.team, declared.team],
  ] as const;
  const texts = fields.flatMap(([name, now, before]) => (now === before ? [] : `${name}${now} instead of ${before}`));
  // An alert with this team in its label can be routed by its namespace.
  if (team !== undefined && changed.team === declared.team) texts.push(`team ${team} instead of that of the namespace`);
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
