import { type Expression, parts } from "./expression";
import { parsePromql } from "./parse-promql";

/** The labels that `label_replace` sets, each with the one that it takes the value from. */
export function replacedLabels(text: string): readonly (readonly [label: string, origin: string])[] {
  const root = parsePromql(text, () => undefined);
  return root ? replacedIn(root) : [];
}

function replacedIn(expression: Expression): (readonly [string, string])[] {
  const within = parts(expression).flatMap(replacedIn);
  if (expression.kind !== "call" || expression.name !== "label_replace") return within;
  const [, label, , origin] = expression.operands;
  return label?.kind === "string" && origin?.kind === "string" ? [...within, [label.value, origin.value]] : within;
}
