import type { AnyAlert } from "../../kit/alerts/alert";
import { limitText, roundedText } from "../../kit/alerts/limit";
import { durationText } from "../../kit/queries/duration";

/** A line of a drawing: the label at its left, and one character for each column. */
export interface PlotLine {
  readonly label: string;
  readonly cells: string;
  /** Whether the limit is drawn in this line. @default false */
  readonly limit?: boolean;
}

/** Characters by the eighths of a line that they fill. */
const bars: Readonly<Record<number, string>> = { 1: "▁", 2: "▂", 3: "▃", 4: "▄", 5: "▅", 6: "▆", 7: "▇", 8: "█" };

export const limitCell = "╌";

/**
 * Values as columns whose height is the value, and a line at the limit. A column reaches the line when its value is beyond
 * the limit, and for a limit that a value must not be below, when it is not. To that end, the scale below the limit differs
 * from the scale above it.
 *
 * @param values one for each column; a column without a value stays empty
 */
export function plot(
  values: readonly (number | undefined)[],
  { limit, comparison }: Pick<AnyAlert, "limit" | "comparison">,
  height: number,
): readonly PlotLine[] {
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const [lowest, highest] = [Math.min(0, limit.value, ...known), Math.max(limit.value, ...known)];
  const isExceeded = highest > limit.value;
  const share = isExceeded ? (limit.value - lowest) / (highest - lowest) : 1;
  /** Number of lines below the limit. */
  const below = Math.max(1, Math.min(height - (isExceeded ? 2 : 1), Math.round(share * height)));
  const eighths = (value: number | undefined) => {
    if (value === undefined || Number.isNaN(value)) return 0;
    const reaches = comparison === ">" ? value > limit.value : value >= limit.value;
    const part = reaches ? portion(value, limit.value, highest) : portion(value, lowest, limit.value);
    return reaches ? below * 8 + atLeastOne(part * (height - below) * 8) : atLeastOne(part * below * 8);
  };
  const heights = values.map(eighths);
  const label = (row: number) => {
    if (row === below) return limitText(limit);
    if (row === height - 1 && isExceeded) return roundedText(highest, limit.unit);
    return row === 0 ? roundedText(lowest, limit.unit) : "";
  };
  return Array.from({ length: height }, (_, index) => height - 1 - index).map((row) => ({
    label: label(row),
    cells: heights.map((filled) => bars[Math.min(8, filled - 8 * row)] ?? (row === below ? limitCell : " ")).join(""),
    ...(row === below && { limit: true }),
  }));
}

/** Position of a value between two others, from 0 to 1. */
function portion(value: number, from: number, to: number): number {
  return to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 0;
}

/** The eighths as a whole number. Even the smallest value is visible. */
function atLeastOne(eighths: number): number {
  return Math.max(1, Math.round(eighths));
}

/** The evaluations that each column shows, as a range of their indexes. */
export function columnsFor(evaluations: number, width: number): readonly (readonly [from: number, to: number])[] {
  if (evaluations <= width) {
    const repeated = Math.min(4, Math.floor(width / evaluations));
    return Array.from({ length: evaluations * repeated }, (_, column) => {
      const index = Math.floor(column / repeated);
      return [index, index + 1] as const;
    });
  }
  const each = Math.ceil(evaluations / width);
  return Array.from(
    { length: Math.ceil(evaluations / each) },
    (_, column) => [column * each, Math.min(evaluations, (column + 1) * each)] as const,
  );
}

/** Seconds between two marks of an axis. */
const distances = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 259_200, 604_800];

/** Minimum number of columns between two marks, so that their texts do not touch. */
const roomForMark = 9;

/** The axis of time below a drawing. */
export function timeAxis(columns: number, secondsPerColumn: number): string {
  const distance = distances.find((one) => one / secondsPerColumn >= roomForMark) ?? Number.POSITIVE_INFINITY;
  let line = "";
  for (let second = 0; second / secondsPerColumn < columns; second += distance) {
    const text = durationText(second).replace(/^0s$/, "0");
    const column = Math.round(second / secondsPerColumn);
    if (column + text.length <= columns) line = line.padEnd(column) + text;
  }
  return line;
}
