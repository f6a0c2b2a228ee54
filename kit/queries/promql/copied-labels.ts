import type { Expression } from "./expression";
import { expressionsWithin } from "./expressions-within";
import { parsePromql } from "./parse-promql";

/** A label that `label_replace` sets to the whole value of another label. */
export interface CopiedLabel {
  readonly label: string;
  /** The label whose value is copied. */
  readonly origin: string;
}

/** The labels that an expression copies from others; none if it is not PromQL. */
export function copiedLabels(text: string): readonly CopiedLabel[] {
  const root = parsePromql(text, () => undefined);
  return root ? expressionsWithin(root).flatMap((one) => copiedLabel(one) ?? []) : [];
}

/** The copied label; undefined for another call, or if it changes the value. */
export function copiedLabel(expression: Expression): CopiedLabel | undefined {
  if (expression.kind !== "call" || expression.name !== "label_replace") return undefined;
  const [, label, replacement, origin, regex] = expression.operands.map((one) =>
    one.kind === "string" ? one.value : undefined,
  );
  if (label === undefined || origin === undefined) return undefined;
  const isWhole = /^\(\.[*+]\)$/.test(regex ?? "") && /^\$(1|\{1\})$/.test(replacement ?? "");
  return isWhole ? { label, origin } : undefined;
}
