import type { Fault } from "../../faults";
import { checkPromql } from "../queries/promql/check-promql";
import type { Vocabulary } from "../queries/series";
import type { Alert } from "./alert";
import { labelOf } from "./causes";

/** Alerts that silence each other, at once or in a circle: all of them fire, and nobody hears of any. */
export function checkInhibitions(alerts: readonly Alert[], vocabulary: Vocabulary): Fault[] {
  const causedBy = new Map(alerts.map((alert) => [alert, possibleCauses(alert, vocabulary)]));
  const silenced = (by: Alert) =>
    alerts.filter((alert) => alert !== by && silences(by, alert, causedBy.get(alert) ?? []));
  return alerts.flatMap((alert) => {
    const circle = wayBack(alert, silenced);
    if (!circle) return [];
    return [
      {
        place: `alert ${alert.name}: causedBy`,
        rule: "must not be silenced by what it silences itself",
        value: circle.map(({ name }) => name).join(" → "),
        remedy: "decide which of them is the cause, and take `causedBy` from it",
      },
    ];
  });
}

/** As `notifications/inhibitions.ts` has it. */
function silences(by: Alert, alert: Alert, causes: readonly string[]): boolean {
  const severe = by.severity === "critical" || alert.severity !== "critical";
  return by.cause !== undefined && severe && causes.includes(by.cause);
}

function possibleCauses({ causedBy = [], expression }: Alert, vocabulary: Vocabulary): string[] {
  const { series = [] } = checkPromql(expression.text, vocabulary);
  return causedBy.flatMap((one) => {
    const label = labelOf(one);
    return label ? series.flatMap(({ labels }) => labels.get(label)?.values ?? []) : one;
  });
}

/** The shortest way from an alert through those that it silences back to itself. */
function wayBack(alert: Alert, silenced: (by: Alert) => readonly Alert[]): readonly Alert[] | undefined {
  const seen = new Set<Alert>();
  const ways = [[alert]];
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const next of silenced(way.at(-1) as Alert)) {
      if (next === alert) return [...way, alert];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
