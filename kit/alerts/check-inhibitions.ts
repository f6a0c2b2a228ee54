import type { Fault } from "../../faults";
import type { Vocabulary } from "../queries/series";
import { type Alert, alertPlace, type PlaceOf } from "./alert";
import { inhibitorsOf } from "./inhibitors";

/** Faults of alerts that inhibit each other, directly or in a circle: all would fire, and no notification would be sent. */
export function checkInhibitions(
  alerts: readonly Alert[],
  vocabulary: Vocabulary,
  placeOf: PlaceOf = alertPlace,
): Fault[] {
  const inhibitors = new Map(alerts.map((alert) => [alert, inhibitorsOf(alert, alerts, vocabulary)]));
  const inhibitedBy = (by: Alert) => alerts.filter((alert) => inhibitors.get(alert)?.includes(by));
  return alerts.flatMap((alert) => {
    const circle = inhibitionCycle(alert, inhibitedBy);
    if (!circle) return [];
    return [
      {
        place: `${placeOf(alert)}: causedBy`,
        rule: "must not be inhibited by an alert that it inhibits",
        value: circle.map(({ name }) => name).join(" → "),
        remedy: "decide which of them is the cause, and remove `causedBy` from it",
      },
    ];
  });
}

/** The shortest path from an alert through those that it inhibits back to itself. */
function inhibitionCycle(alert: Alert, inhibitedBy: (by: Alert) => readonly Alert[]): readonly Alert[] | undefined {
  const seen = new Set<Alert>();
  const ways = [[alert]];
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const next of inhibitedBy(way.at(-1) as Alert)) {
      if (next === alert) return [...way, alert];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
