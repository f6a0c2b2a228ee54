import type { Fault } from "../../faults";
import { checkPromql } from "../queries/promql/check-promql";
import { type Expression, parts } from "../queries/promql/expression";
import { parsePromql } from "../queries/promql/parse-promql";
import { queryFault } from "../queries/query-finding";
import { labelNames, type Vocabulary } from "../queries/series";

/**
 * Faults of a query whose `or` joins series with different labels. In a division, the series of one branch then match
 * nothing, and a legend shows no label for them. An aggregation around the `or` removes the difference. A replacement
 * for missing series, such as `vector(0)`, has no labels.
 */
export function checkBranches(text: string, vocabulary: Vocabulary, place: string): Fault[] {
  const root = parsePromql(text, () => undefined);
  return (root ? branchesIn(root) : []).flatMap(({ left, right, from, to }) => {
    if (right.kind === "call" && /^(vector|absent)/.test(right.name)) return [];
    const [ours, theirs] = [left, right].map((side) => labelsOf(text.slice(side.from, side.to), vocabulary));
    if (ours === undefined || theirs === undefined || ours === theirs) return [];
    const rule = `must not join series with the labels ${ours || "(none)"} and series with the labels ${theirs || "(none)"} by \`or\``;
    return [queryFault(place, text, { from, to, rule, remedy: "group both sides by the same labels" })];
  });
}

function branchesIn(expression: Expression): readonly (Expression & { kind: "binary" })[] {
  const { kind } = expression;
  if (kind === "aggregation" && !/^(topk|bottomk)$/.test(expression.operator)) return [];
  const own = kind === "binary" && expression.operator === "or" ? [expression] : [];
  return [...own, ...parts(expression).flatMap(branchesIn)];
}

/** @returns undefined if the labels are not known */
function labelsOf(text: string, vocabulary: Vocabulary): string | undefined {
  const { series } = checkPromql(text, vocabulary);
  if (!series || series.some(({ open }) => open)) return undefined;
  return labelNames(series).sort().join(", ");
}
