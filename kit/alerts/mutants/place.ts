import { checkPromql } from "../../queries/promql/check-promql";
import { type Expression, parts } from "../../queries/promql/expression";
import type { Mutation } from "../../queries/promql/mutations";
import { parsePromql } from "../../queries/promql/parse-promql";
import type { Series, Vocabulary } from "../../queries/series";
import type { Alert } from "../alert";

/** The expression of an alert that contains the mistake. */
export type ExpressionField = "measure" | "confirmedBy" | "provided";

/** A mistake and its place. */
export interface Place {
  readonly mutation: Mutation;
  readonly field: ExpressionField;
  readonly alert: Alert;
  readonly vocabulary: Vocabulary;
  /** The expression without the mistake. */
  readonly text: string;
  /** The path from the root of the expression to the changed part. */
  readonly path: readonly Expression[];
}

/** An expression, and its part on the path to the change. */
export type Step = readonly [whole: Expression, part: Expression];

/** @returns undefined if the expression is not PromQL, or does not contain the changed part */
export function placeOf(given: Omit<Place, "text" | "path">): Place | undefined {
  const text = given.alert[given.field]?.text ?? "";
  const root = parsePromql(text, () => undefined);
  const path = root && pathTo(root, given.mutation.node);
  return path && { ...given, text, path };
}

function pathTo(root: Expression, node: Expression): readonly Expression[] | undefined {
  if (root === node) return [root];
  const below = parts(root)
    .map((part) => pathTo(part, node))
    .find(Boolean);
  return below && [root, ...below];
}

/** The steps from the root to the changed part. */
export function stepsOf(path: readonly Expression[]): readonly Step[] {
  return path.slice(1).map((part, index) => [path[index] as Expression, part] as const);
}

/** The series of a part of the expression, as the catalogue describes them. */
export function seriesAt({ text, vocabulary }: Place, { from, to }: Expression): readonly Series[] {
  return checkPromql(text.slice(from, to), vocabulary).series ?? [];
}

/** The operand of an aggregation. */
export function aggregated({ operands }: Expression & { kind: "aggregation" }): Expression | undefined {
  return operands.at(-1);
}
