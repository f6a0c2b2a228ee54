import type { AnyAlert } from "./alert";

/** An alert that an environment does not have. */
export interface SwitchedOff {
  /** Title of the alert. */
  readonly title: string;
  /** The setting that switches it off: completes "switched off because …". */
  readonly because: string;
}

/** An entry of a list of alerts. An alert that only some environments have is listed in the other environments with the reason. */
export type AlertEntry<Listed extends AnyAlert> = Listed | SwitchedOff;

/** The alert if the condition holds, otherwise the reason why it is switched off. */
export function alertIf<Listed extends AnyAlert>(
  condition: unknown,
  alert: Listed,
  otherwise: string,
): AlertEntry<Listed> {
  return condition ? alert : { title: alert.title, because: otherwise };
}

/**
 * The alert if it can be built, otherwise the reason why it is switched off. @param title title of the alert: an
 * alert that was not built has none
 */
export function alertOr<Listed extends AnyAlert>(
  alert: Listed | undefined,
  title: string,
  otherwise: string,
): AlertEntry<Listed> {
  return alert ?? { title, because: otherwise };
}

export function isSwitchedOff(entry: AlertEntry<AnyAlert>): entry is SwitchedOff {
  return "because" in entry;
}

/** The alerts of a list that are not switched off. */
export function alertsOn<Listed extends AnyAlert>(entries: readonly AlertEntry<Listed>[]): Listed[] {
  return entries.filter((entry): entry is Listed => !isSwitchedOff(entry));
}
