import type uPlot from "uplot";

/**
 * The labels that uPlot has printed at an axis, which it keeps in fields that its types lack.
 * @see https://github.com/leeoniya/uPlot/blob/master/src/uPlot.js
 */
interface PrintedAxis {
  /** Null if no series has a value. */
  readonly _values?: readonly (string | null)[] | null;
  readonly _size?: number;
}

/** The labels of an axis, and their space in pixels. */
export function printedAxis(axis: uPlot.Axis): { readonly ticks: readonly string[]; readonly size: number } {
  const { _values, _size = 0 }: PrintedAxis = axis as unknown as PrintedAxis;
  return { ticks: (_values ?? []).filter((tick): tick is string => Boolean(tick)), size: _size };
}
