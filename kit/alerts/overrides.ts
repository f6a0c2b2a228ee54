import type { AnyAlert, Severity } from "./alert";

/** What an environment changes about an alert, and why. */
export interface AlertOverride {
  /** The alert is switched off. @default it is on */
  readonly off?: true | undefined;
  /** Limit of an alert that fires above it. @default the limit that is declared */
  readonly above?: number | undefined;
  /** Limit of an alert that fires below it. @default the limit that is declared */
  readonly below?: number | undefined;
  /** Time for which the condition must hold. @default the time that is declared */
  readonly for?: string | undefined;
  /** Who is notified, and how urgently. @default the severity that is declared */
  readonly severity?: Severity | undefined;
  /** Team that is notified. @default the team that is declared */
  readonly team?: string | undefined;
  /** Last day of the override, such as `2027-03-01`. @default it does not end */
  readonly until?: string | undefined;
  /** The reason: completes "changed because …". */
  readonly because: string;
}

/** Overrides by the name of the alert, or by the title of one of several alerts with that name. */
export type AlertOverrides = Readonly<Record<string, AlertOverride>>;

/** An alert that an environment changes or switches off. */
export interface OverriddenAlert<Listed extends AnyAlert = AnyAlert> {
  /** Key of the override: the name or the title of the alert. */
  readonly key: string;
  readonly override: AlertOverride;
  /** The alert of the product. */
  readonly declared: Listed;
  /** The alert of the environment. @default the environment switches it off */
  readonly changed?: Listed;
}

/** The key of the override of an alert: an override of its title replaces that of its name. */
export function overrideKey({ title, name }: AnyAlert, overrides: AlertOverrides): string | undefined {
  return [title, name].find((key) => Object.hasOwn(overrides, key));
}

/** The team that the override of an alert names. Undefined if it has no override, or if the override names no team. */
export function overriddenTeam(alert: AnyAlert, overrides: AlertOverrides): string | undefined {
  const key = overrideKey(alert, overrides);
  return key === undefined ? undefined : overrides[key]?.team;
}

/** The alert as the override makes it. @param key key of the override */
export function overrideAlert<Listed extends AnyAlert>(
  declared: Listed,
  key: string,
  override: AlertOverride,
): OverriddenAlert<Listed> {
  if (override.off) return { key, override, declared };
  const { above, below, for: lasting, severity, team } = override;
  const limit = above ?? below;
  const changed = declared.change({
    ...(limit !== undefined && { limit }),
    ...(lasting !== undefined && { for: lasting }),
    ...(severity !== undefined && { severity }),
    ...(team !== undefined && { team }),
  });
  return { key, override, declared, changed: changed as Listed };
}

/** A function that returns the alert as an environment has it, or undefined if the environment switches it off. */
export function deployedAlert(overridden: readonly OverriddenAlert[]): (alert: AnyAlert) => AnyAlert | undefined {
  const byTitle = new Map(overridden.map((one) => [one.declared.title, one]));
  return (alert) => {
    const found = byTitle.get(alert.title);
    return found ? found.changed : alert;
  };
}

/**
 * Sentences about alerts that an environment switches off or notifies other people of, for texts that name the alert.
 * @param environment name of the environment
 */
export function remarks(overridden: readonly OverriddenAlert[], environment: string): readonly Remark[] {
  return overridden.flatMap(({ declared, changed, override }) => {
    const { name, title, severity } = declared;
    const because = override.because.replace(/\.$/, "");
    if (changed === undefined) return [{ name, text: `In ${environment}, ${title} is switched off: ${because}.` }];
    if (changed.severity === severity) return [];
    return [{ name, text: `In ${environment}, ${title} has the severity ${changed.severity}: ${because}.` }];
  });
}

/** A sentence for texts that name an alert. */
export interface Remark {
  readonly name: string;
  readonly text: string;
}

/** Whether the last day of the override is over. @param today the day, such as `2027-03-02` */
export function isPast({ until }: Pick<AlertOverride, "until">, today: string): boolean {
  return until !== undefined && until < today;
}
