/** A threshold with its unit: an alert compares with it, a panel draws it. Interpolated into a query, it is its number. */
export interface Limit {
  readonly value: number;
  readonly unit: Unit;
  toString(): string;
}

export type Unit = keyof typeof units;

/** What numbers a unit knows. */
const units = {
  /** Share of a whole. */
  ratio: { least: 0, most: 1 },
  /** How many times as much; may exceed 1. */
  factor: { least: 0, most: Number.POSITIVE_INFINITY },
  seconds: { least: 0, most: Number.POSITIVE_INFINITY },
  bytes: { least: 0, most: Number.POSITIVE_INFINITY },
  perSecond: { least: 0, most: Number.POSITIVE_INFINITY },
  count: { least: 0, most: Number.POSITIVE_INFINITY },
} as const;

export const ratio = limit("ratio");
export const factor = limit("factor");
export const seconds = limit("seconds");
export const bytes = limit("bytes");
export const perSecond = limit("perSecond");
export const count = limit("count");

/** Why a limit is outside its unit. */
export function outsideUnit({ value, unit }: Limit): string | undefined {
  const { least, most } = units[unit];
  return value >= least && value <= most ? undefined : `a ${unit} is from ${least} to ${most}`;
}

function limit(unit: Unit) {
  return (value: number): Limit => ({ value, unit, toString: () => String(value) });
}
