import { limitText, type Unit } from "../../kit/alerts/limit";
import { escapePattern } from "../../kit/queries/escape-pattern";
import type { AlertJson } from "../../signals-json";

/** The limit of an alert before and after a change. */
export interface MovedLimit {
  readonly before: Side;
  readonly after: Side;
}

interface Side {
  readonly value: number;
  /** The limit as people read it: `5 %`. */
  readonly text: string;
  /** The end of the alert's expression: `> 0.05`. */
  readonly condition: string;
}

/** The limits that differ between two lists of alerts. */
export function movedLimits(before: readonly AlertJson[], after: readonly AlertJson[]): MovedLimit[] {
  return before.flatMap((one) => {
    const other = after.find(({ title }) => title === one.title);
    if (other === undefined) return [];
    const limit = { before: sideOf(one), after: sideOf(other) };
    return limit.before.value === limit.after.value && limit.before.text === limit.after.text ? [] : [limit];
  });
}

function sideOf({ limit, comparison }: AlertJson): Side {
  const text = limitText({ value: limit.value, unit: limit.unit as Unit });
  return { value: limit.value, text, condition: `${comparison} ${limit.value}` };
}

/**
 * Whether a value changed only because one of the limits moved: it is the limit, a multiple of it, such as the end of an axis,
 * or a text that contains it, such as the description of a panel. Such a value needs no line beside that of the limit.
 */
export function followsLimit(before: unknown, after: unknown, limits: readonly MovedLimit[]): boolean {
  return limits.some((limit) => {
    if (typeof before === "number" && typeof after === "number") return isScaled(before, after, limit);
    if (typeof before !== "string" || typeof after !== "string") return false;
    const forms = (["text", "condition"] as const).map((form) => [limit.before[form], limit.after[form]] as const);
    return forms.some(([one, other]) => one !== other && isReplaced(before, after, one, other));
  });
}

function isScaled(before: number, after: number, limit: MovedLimit): boolean {
  const expected = (before / limit.before.value) * limit.after.value;
  return before !== 0 && Math.abs(after - expected) <= 1e-9 * Math.abs(expected);
}

/** Whether a text differs from another only in places that contained one part, and now contain the other. */
function isReplaced(before: string, after: string, one: string, other: string): boolean {
  const parts = before.split(one).map(escapePattern);
  const either = `(?:${escapePattern(one)}|${escapePattern(other)})`;
  return parts.length > 1 && new RegExp(`^${parts.join(either)}$`, "s").test(after);
}
