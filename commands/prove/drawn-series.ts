import type { AnyAlert } from "../../kit/alerts/alert";
import type { EvaluatedSeries, Labels, Timeline } from "./timeline";

/** The series to draw, one for each measure: one for which the alert fires, or else the series nearest to the limit. */
export function drawnSeries(alert: AnyAlert, timeline: Timeline): readonly (EvaluatedSeries | undefined)[] {
  const [measured = [], ...confirmations] = timeline.measures;
  const rank = (series: EvaluatedSeries) => stateRank(series, timeline);
  const drawn = measured.toSorted(
    (one, other) => rank(other) - rank(one) || distanceBeyond(alert, other) - distanceBeyond(alert, one),
  )[0];
  const ofSameThing = (series: readonly EvaluatedSeries[]) =>
    series.find(({ labels }) => drawn && isSameThing(alert, labels, drawn.labels)) ?? series[0];
  return [drawn, ...confirmations.map(ofSameThing)];
}

/** Whether both label sets have the same values for the labels in `on`, which identify an alert. */
export function isSameThing({ on = [] }: AnyAlert, one: Labels, other: Labels): boolean {
  return on.every((label) => one[label] === other[label]);
}

/** The value nearest to the limit, or furthest beyond it. @returns undefined where the series has no number */
export function extremeValue({ comparison }: AnyAlert, values: Iterable<number>): number | undefined {
  const numbers = [...values].filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return undefined;
  return comparison === ">" ? Math.max(...numbers) : Math.min(...numbers);
}

function distanceBeyond(alert: AnyAlert, { values }: EvaluatedSeries): number {
  const found = extremeValue(alert, values.values());
  if (found === undefined) return Number.NEGATIVE_INFINITY;
  return alert.comparison === ">" ? found : -found;
}

/** Rank of a series: 2 if the alert fires for it, 1 if the alert is only pending, otherwise 0. */
function stateRank({ labels }: EvaluatedSeries, { alerts }: Timeline): number {
  const states = alerts
    .filter((alert) => Object.entries(labels).every(([name, value]) => alert.labels[name] === value))
    .flatMap((alert) => [...alert.states.values()]);
  return states.includes("firing") ? 2 : states.includes("pending") ? 1 : 0;
}
