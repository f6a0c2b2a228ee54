import type { Alert } from "../../kit/alerts/alert";
import type { Model } from "../../kit/dashboards/dashboard";
import { panelsOf } from "../../kit/dashboards/model";
import { targetsOf } from "../../kit/dashboards/targets";
import { metricNames } from "../../kit/queries/promql/metric-names";

/** A story that was chosen for a panel. */
export interface ChosenStory {
  readonly dashboard: string;
  readonly panel: number;
  readonly alert: Alert;
  /** Title of one of the alert's stories. */
  readonly story: string;
}

/**
 * Chooses stories for the panels that a recording cannot fill, because it lacks one of their metrics. The story of a panel is
 * the first one that fires of the alert whose measure the panel shows, otherwise of an alert that reads the missing metrics.
 *
 * @param recorded names of the metrics that the recording has
 */
export function chooseStories(
  models: readonly Model[],
  alerts: readonly Alert[],
  recorded: ReadonlySet<string>,
): ChosenStory[] {
  return models.flatMap((model) =>
    panelsOf(model).flatMap(({ id, ...panel }) => {
      const expressions = targetsOf(panel).flatMap(({ expr, datasource }) =>
        expr && datasource?.type === "prometheus" ? [expr] : [],
      );
      const names = new Set(expressions.flatMap((expr) => [...metricNames(expr)]));
      const missing = [...names].filter((name) => name !== "ALERTS" && !recorded.has(name));
      if (id === undefined || missing.length === 0) return [];
      const alert =
        alerts.find(({ measures }) => measures.every(({ text }) => expressions.some((expr) => expr.includes(text)))) ??
        alerts.find(({ expression }) => missing.every((name) => metricNames(expression.text).has(name)));
      const story = alert && firingStory(alert);
      return story ? [{ dashboard: model.uid, panel: id, ...story }] : [];
    }),
  );
}

function firingStory(alert: Alert): Pick<ChosenStory, "alert" | "story"> | undefined {
  const firing = Object.entries(alert.scenarios).find(([, { outcome }]) => outcome === "fires");
  return firing && { alert, story: firing[0] };
}
