/**
 * The unit of a value, as far as it can be derived. `flag` is 0 or 1. `time` is a point in time, in seconds since 1970.
 * `secondsPerSecond` is the share of time that something is busy, or the number of such things that are busy at once.
 */
export type ValueUnit =
  | "count"
  | "flag"
  | "ratio"
  | "percent"
  | "seconds"
  | "time"
  | "bytes"
  | "perSecond"
  | "bytesPerSecond"
  | "secondsPerSecond";

/** A unit, or undefined if it is unknown: an unknown unit is compatible with every unit. */
export type MaybeUnit = ValueUnit | undefined;

/** Units that depend on the value of a label: memory in bytes, CPUs in seconds per second. */
export interface UnitByLabel {
  readonly label: string;
  readonly units: Readonly<Record<string, ValueUnit>>;
}

/** The unit as text for messages. */
export function unitName(unit: MaybeUnit): string {
  return unit === undefined ? "an unknown unit" : names[unit];
}

export function productUnit(left: MaybeUnit, right: MaybeUnit): MaybeUnit {
  if (left === "flag") return right;
  return right === "flag" ? left : combine(left, right, 1);
}

export function quotientUnit(left: MaybeUnit, right: MaybeUnit): MaybeUnit {
  if (right === "flag") return left;
  return combine(left === "flag" ? "count" : left, right, -1);
}

/** The unit of a sum or a difference; `conflict` if the two cannot be added. */
export function sumUnit(operator: string, left: MaybeUnit, right: MaybeUnit): MaybeUnit | "conflict" {
  if (left === "time" || right === "time") return timeSum(operator, left, right);
  if (left === undefined || right === undefined) return left ?? right;
  if (left === right) return left === "flag" ? "count" : left;
  if (left === "flag") return right;
  if (right === "flag") return left;
  return areComparable(left, right) ? undefined : "conflict";
}

/** Whether the two values may be compared. */
export function areComparable(left: MaybeUnit, right: MaybeUnit): boolean {
  if (left === undefined || right === undefined || left === right) return true;
  return plainNumbers.has(left) && plainNumbers.has(right);
}

/**
 * The unit of a value multiplied by a number. A factor that may convert units results in an unknown unit: 1024
 * converts kibibytes to bytes, 8 converts bytes to bits. Known factors are 100, which makes a ratio a percentage, and
 * multiples of 60, which count events in that number of seconds.
 */
export function multipliedUnit(unit: MaybeUnit, factor: number): MaybeUnit {
  if (unit === undefined || unit === "flag" || unit === "time" || factor === 0) return undefined;
  if (unit === "ratio" && factor === 100) return "percent";
  const total = factor % 60 === 0 ? perSecond.get(unit) : undefined;
  const converts = Math.abs(factor) < 1 / 4 || Math.abs(factor) > 4;
  return total ?? (converts ? undefined : unit);
}

/** The unit of a value divided by a number, which may be the whole of a share. */
export function dividedUnit(unit: MaybeUnit, divisor: number): MaybeUnit {
  if (unit === "percent" && divisor === 100) return "ratio";
  return unit === "ratio" ? unit : undefined;
}

/** The unit of the change per second. */
export function rateUnit(unit: MaybeUnit): MaybeUnit {
  if (unit === "time") return "secondsPerSecond";
  return [...perSecond].find(([, total]) => total === unit)?.[0];
}

const names: Readonly<Record<ValueUnit, string>> = {
  count: "a count",
  flag: "0 or 1",
  ratio: "a ratio",
  percent: "a percentage",
  seconds: "seconds",
  time: "a point in time",
  bytes: "bytes",
  perSecond: "a count per second",
  bytesPerSecond: "bytes per second",
  secondsPerSecond: "seconds per second",
};

const perSecond: ReadonlyMap<ValueUnit, ValueUnit> = new Map([
  ["perSecond", "count"],
  ["bytesPerSecond", "bytes"],
  ["secondsPerSecond", "seconds"],
]);

/** Plain numbers: things per other thing are a ratio, and CPUs are counted in seconds per second. */
const plainNumbers: ReadonlySet<ValueUnit> = new Set(["count", "flag", "ratio", "secondsPerSecond"]);

function timeSum(operator: string, left: MaybeUnit, right: MaybeUnit): MaybeUnit | "conflict" {
  if (left === undefined || right === undefined) return undefined;
  if (left === right) return operator === "-" ? "seconds" : "conflict";
  if (left === "seconds") return operator === "-" ? "conflict" : "time";
  return right === "seconds" ? "time" : "conflict";
}

/** The exponents of things, seconds, bytes and "per second" in a unit. "Per second" is not cancelled against seconds. */
type Powers = readonly [things: number, seconds: number, bytes: number, rates: number];

const powers: Partial<Record<ValueUnit, Powers>> = {
  count: [1, 0, 0, 0],
  ratio: [0, 0, 0, 0],
  seconds: [0, 1, 0, 0],
  bytes: [0, 0, 1, 0],
  perSecond: [1, 0, 0, 1],
  bytesPerSecond: [0, 0, 1, 1],
  secondsPerSecond: [0, 1, 0, 1],
};

function combine(left: MaybeUnit, right: MaybeUnit, sign: 1 | -1): MaybeUnit {
  const one = left && powers[left];
  const other = right && powers[right];
  if (!one || !other) return undefined;
  const [things, seconds, bytes, rates] = one.map((power, index) => power + sign * (other[index] ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  if (seconds === 1 && rates === 1 && bytes === 0 && things <= 0) return "secondsPerSecond";
  return unitOf(things, bytes, seconds - rates);
}

/** Seconds for each thing are seconds, as are the seconds of several things; the same goes for bytes. */
function unitOf(things: number, bytes: number, seconds: number): MaybeUnit {
  if (bytes === 1) return seconds === 0 ? "bytes" : seconds === -1 ? "bytesPerSecond" : undefined;
  if (bytes !== 0) return undefined;
  if (seconds === 1) return "seconds";
  if (seconds === -1) return things < 0 ? undefined : "perSecond";
  if (seconds !== 0 || things < 0) return undefined;
  return things === 0 ? "ratio" : "count";
}
