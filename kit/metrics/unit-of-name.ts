import type { ValueUnit } from "../queries/units";

/** Units by the end of a metric's name, more specific endings first. */
const endings: readonly (readonly [RegExp, ValueUnit])[] = [
  [/_(timestamp|start_time|boot_time)_seconds$/, "time"],
  [/_seconds(_total)?$/, "seconds"],
  [/_bytes(_\w+)?_total$|_bytes$/, "bytes"],
  [/_ratio$/, "ratio"],
  [/_percent$/, "percent"],
  [/(^|_)(up|info|success|successful)$/, "flag"],
];

/**
 * The unit that a metric's name states by Prometheus' naming convention; `count` if it states none.
 * @see https://prometheus.io/docs/practices/naming/#metric-names
 */
export function unitOfName(name: string): ValueUnit {
  return endings.find(([ending]) => ending.test(name))?.[1] ?? "count";
}
