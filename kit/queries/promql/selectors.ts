import { type Matcher, satisfies } from "../matching";
import type { Expression } from "./expression";
import { expressionsWithin } from "./expressions-within";
import { parsePromql } from "./parse-promql";

export interface Selector {
  /** The name of the metric that the selector starts with. @default the selector consists of matchers only */
  readonly name?: string;
  readonly matchers: readonly Matcher[];
  /** The text in the expression: `up{job="redis"}`. */
  readonly text: string;
}

/** Every series selector of an expression, in order; none if it is not PromQL. */
export function selectors(text: string): readonly Selector[] {
  const root = parsePromql(text, () => undefined);
  return root ? selectorsIn(root, text) : [];
}

/** The selectors of a part of an expression. */
export function selectorsIn(expression: Expression, text: string): Selector[] {
  return expressionsWithin(expression).flatMap((one) => {
    if (one.kind !== "selector") return [];
    const { name, matchers, from, to } = one;
    return [{ ...(name !== undefined && { name }), matchers, text: text.slice(from, to) }];
  });
}

/** Whether the selector matches a series with these labels. A missing label counts as empty. */
export function selects(
  { name, matchers }: Selector,
  series: { readonly name: string; readonly labels: Readonly<Record<string, string>> },
): boolean {
  return name === series.name && matchers.every((matcher) => satisfies(matcher, series.labels[matcher.label] ?? ""));
}
