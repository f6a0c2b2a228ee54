import type uPlot from "uplot";

/**
 * What uPlot has printed at an axis. It keeps that in fields that its types do not name.
 * @see https://github.com/leeoniya/uPlot/blob/master/src/uPlot.js
 */
interface Printed {
  /** Null where nothing has a value. */
  readonly _values?: readonly (string | null)[] | null;
  readonly _size?: number;
}

/** The texts at an axis, and the pixels that they have. */
export function printedAxis(axis: uPlot.Axis): { readonly ticks: readonly string[]; readonly size: number } {
  const { _values, _size = 0 }: Printed = axis as unknown as Printed;
  return { ticks: (_values ?? []).filter((tick): tick is string => Boolean(tick)), size: _size };
}
