import type { Series } from "../../queries/series";
import { sameBelowOne, sameSign, someAboveZero } from "./compared-aggregations";
import { aggregated, type Place, placeOf, seriesAt } from "./place";
import { passedByAll, repeatedInJoin } from "./redundant-matchers";
import { inZeroBranch, multipliedByZero } from "./zero-branches";

/** Each gives the reason why a mistake changes nothing, or nothing where that does not follow. */
const rules: readonly ((place: Place) => string | undefined)[] = [
  inZeroBranch,
  multipliedByZero,
  passedByAll,
  someAboveZero,
  sameSign,
  sameBelowOne,
  onlySeries,
  repeatedInJoin,
];

/**
 * Why a mistake in an expression of an alert cannot change when it fires, where that follows from the expression and the
 * catalogue; nothing where it does not follow. No story can find such a mistake.
 */
export function equivalence(mistake: Omit<Place, "text" | "path">): string | undefined {
  const place = placeOf(mistake);
  if (!place) return undefined;
  for (const rule of rules) {
    const reason = rule(place);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** An aggregation of one series for each group yields the same whichever it is; only `count` differs. */
function onlySeries(place: Place): string | undefined {
  const { node, operator, kind } = place.mutation;
  if (kind !== "aggregation exchanged" || node.kind !== "aggregation" || operator === "count") return undefined;
  const operand = aggregated(node);
  if (!operand || node.operator === "count" || node.without) return undefined;
  const reason = "each group has one series: no label varies that it is not grouped by";
  if (operand.kind === "call" && operand.name === "absent") return reason;
  const kept = node.grouping?.labels.map(({ name }) => name) ?? [];
  const series = seriesAt(place, operand);
  const varies = ({ labels, open }: Series) =>
    open ||
    [...labels].some(([name, { values, optional }]) => !kept.includes(name) && (optional || values?.length !== 1));
  return series.length === 1 && !series.some(varies) ? reason : undefined;
}
