import type { Series } from "../../queries/series";
import { sameBelowOne, sameSign, someAboveZero } from "./compared-aggregations";
import { aggregated, type Place, placeOf, seriesAt } from "./place";
import { passedByAll, repeatedInJoin } from "./redundant-matchers";
import { inZeroBranch, multipliedByZero } from "./zero-branches";

/** Each returns the reason why a mistake changes nothing, or undefined if that does not follow. */
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
 * The reason why a mistake in an alert's expression cannot change when the alert fires, if that follows from the
 * expression and the catalogue; undefined otherwise. No scenario can detect such a mistake.
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

/** All aggregations of one series per group yield the same; only `count` differs. */
function onlySeries(place: Place): string | undefined {
  const { node, operator, kind } = place.mutation;
  if (kind !== "aggregation exchanged" || node.kind !== "aggregation" || operator === "count") return undefined;
  const operand = aggregated(node);
  if (!operand || node.operator === "count" || node.without) return undefined;
  const reason = "each group has one series: no other label varies";
  if (operand.kind === "call" && operand.name === "absent") return reason;
  const kept = node.grouping?.labels.map(({ name }) => name) ?? [];
  const series = seriesAt(place, operand);
  const varies = ({ labels, open }: Series) =>
    open ||
    [...labels].some(([name, { values, optional }]) => !kept.includes(name) && (optional || values?.length !== 1));
  return series.length === 1 && !series.some(varies) ? reason : undefined;
}
