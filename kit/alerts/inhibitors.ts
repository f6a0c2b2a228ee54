import { checkPromql } from "../queries/promql/check-promql";
import type { Vocabulary } from "../queries/series";
import type { AnyAlert } from "./alert";
import { labelOf } from "./causes";

/**
 * The alerts that inhibit this one while they fire: each reports a cause of it, and is not less severe. Alertmanager is
 * configured with the same condition in `notifications/inhibitions.ts`.
 *
 * @param vocabulary the series that the expressions can read; a cause may be the value of a label
 */
export function inhibitorsOf<Listed extends AnyAlert>(
  alert: AnyAlert,
  alerts: readonly Listed[],
  vocabulary: Vocabulary,
): readonly Listed[] {
  const causes = possibleCauses(alert, vocabulary);
  return alerts.filter((by) => {
    const isAsSevere = by.severity === "critical" || alert.severity !== "critical";
    return by.title !== alert.title && isAsSevere && by.cause !== undefined && causes.includes(by.cause);
  });
}

function possibleCauses({ causedBy = [], expression }: AnyAlert, vocabulary: Vocabulary): string[] {
  return causedBy.flatMap((one) => {
    const label = labelOf(one);
    if (label === undefined) return one;
    const { series = [] } = checkPromql(expression.text, vocabulary);
    return series.flatMap(({ labels }) => labels.get(label)?.values ?? []);
  });
}
