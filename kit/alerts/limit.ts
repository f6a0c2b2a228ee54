import type { ValueUnit } from "../queries/units";

/** A threshold with its unit. Alerts compare with it, and panels draw it. Interpolated into a query, it becomes its number. */
export interface Limit {
  readonly value: number;
  readonly unit: Unit;
  /** The setting that decides the value, such as `alertmanager.replicas`. @default every environment has the same value */
  readonly setting?: string;
  toString(): string;
}

export type Unit = keyof typeof units;

/** Valid numbers of a unit, and the units of the measures that such a limit may be compared with. */
const units = {
  /** A share of a whole. */
  ratio: { least: 0, most: 1, measures: ["ratio", "secondsPerSecond", "flag"] },
  /** A multiple; may exceed 1. */
  factor: { least: 0, most: Number.POSITIVE_INFINITY, measures: ["ratio", "secondsPerSecond"] },
  seconds: { least: 0, most: Number.POSITIVE_INFINITY, measures: ["seconds"] },
  bytes: { least: 0, most: Number.POSITIVE_INFINITY, measures: ["bytes"] },
  perSecond: { least: 0, most: Number.POSITIVE_INFINITY, measures: ["perSecond"] },
  count: { least: 0, most: Number.POSITIVE_INFINITY, measures: ["count", "flag", "secondsPerSecond"] },
} as const satisfies Record<string, { least: number; most: number; measures: readonly ValueUnit[] }>;

export const ratio = limit("ratio");
export const factor = limit("factor");
export const seconds = limit("seconds");
export const bytes = limit("bytes");
export const perSecond = limit("perSecond");
export const count = limit("count");

/** The limit with another value in the same unit. A team decides it, and no longer a setting. */
export function withValue({ unit }: Limit, value: number): Limit {
  return limit(unit)(value);
}

/** The rule that a limit outside its unit breaks. */
export function outsideUnit({ value, unit }: Limit): string | undefined {
  const { least, most } = units[unit];
  return value >= least && value <= most ? undefined : `must be from ${least} to ${most}, because it is a ${unit}`;
}

/** Whether values of this unit may be compared with the limit. */
export function acceptsUnit({ unit }: Limit, measured: ValueUnit): boolean {
  const { measures }: { readonly measures: readonly ValueUnit[] } = units[unit];
  return measures.includes(measured);
}

/** The unit of a limit for values of this unit; undefined if there is none. */
export function unitFor(measured: ValueUnit | undefined): Unit | undefined {
  const fitting = Object.entries(units).find(([, { measures }]) => measures.some((one) => one === measured));
  return fitting?.[0] as Unit | undefined;
}

/** The side of the limit on which an alert fires, which is also the name of the field in its form. */
export function sideOf({ comparison }: { readonly comparison: ">" | "<" }): "above" | "below" {
  return comparison === ">" ? "above" : "below";
}

/** The limit in the form that people read: `5 %`, `0.5 s`, `21 d`. */
export function limitText({ value, unit }: Limit): string {
  switch (unit) {
    case "ratio":
      return `${decimal(100 * value)} %`;
    case "factor":
      return `${decimal(value)} times`;
    case "seconds":
      return inLargestUnit(value, sizes.seconds, "s");
    case "bytes":
      return inLargestUnit(value, sizes.bytes, "B");
    case "perSecond":
      return `${decimal(value)} per s`;
    case "count":
      return decimal(value);
  }
}

/** A measured value in the unit of a limit, rounded to this many digits: `82.4 %`, `1.35 GiB`. */
export function roundedText(value: number, unit: Unit, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  const round = (number: number) => Number(number.toPrecision(digits));
  if (unit !== "seconds" && unit !== "bytes") return limitText({ value: round(value), unit });
  const fitting = Object.entries(sizes[unit]).find(([, size]) => Math.abs(value) >= size);
  const [name, size] = fitting ?? [unit === "seconds" ? "s" : "B", 1];
  return `${decimal(round(value / size))} ${name}`;
}

/** Units above the smallest one, the largest first. */
const sizes = {
  seconds: { d: 86_400, h: 3600, min: 60 },
  bytes: { TiB: 2 ** 40, GiB: 2 ** 30, MiB: 2 ** 20, KiB: 2 ** 10 },
} as const;

/** The value in the largest unit in which it is a whole number. */
function inLargestUnit(value: number, sizes: Readonly<Record<string, number>>, smallest: string): string {
  const fitting = Object.entries(sizes).find(([, size]) => value !== 0 && value % size === 0);
  return fitting ? `${decimal(value / fitting[1])} ${fitting[0]}` : `${decimal(value)} ${smallest}`;
}

/** The number without rounding errors of binary fractions, with commas between thousands. */
function decimal(value: number): string {
  const [whole = "", fraction] = String(Number(value.toPrecision(12))).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function limit(unit: Unit) {
  return (value: number, setting?: string): Limit => ({
    value,
    unit,
    ...(setting && { setting }),
    toString: () => String(value),
  });
}
