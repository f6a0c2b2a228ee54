import type { Alert } from "../../kit/alerts/alert";
import type { Model } from "../../kit/dashboards/dashboard";
import { panelsOf, targetsOf } from "../../kit/dashboards/model";
import { metricNames } from "../../kit/queries/promql/metric-names";

/** A story that fills a panel. */
export interface Told {
  readonly dashboard: string;
  readonly panel: number;
  readonly alert: Alert;
  /** Title of one of the alert's stories. */
  readonly story: string;
}

/**
 * The stories for panels that a recording cannot fill, because it lacks one of their metrics: the first story that fires of
 * an alert that reads these metrics, if possible of the alert whose measure the panel shows.
 *
 * @param recorded names of the metrics that the recording has
 */
export function toldPanels(models: readonly Model[], alerts: readonly Alert[], recorded: ReadonlySet<string>): Told[] {
  return models.flatMap((model) =>
    panelsOf(model).flatMap(({ id, ...panel }) => {
      const asked = targetsOf(panel).flatMap(({ expr, datasource }) =>
        expr && datasource?.type === "prometheus" ? [expr] : [],
      );
      const names = new Set(asked.flatMap((expr) => [...metricNames(expr)]));
      const lacking = [...names].filter((name) => name !== "ALERTS" && !recorded.has(name));
      if (id === undefined || lacking.length === 0) return [];
      const alert =
        alerts.find(({ measures }) => measures.every(({ text }) => asked.includes(text))) ??
        alerts.find(({ expression }) => lacking.every((name) => metricNames(expression.text).has(name)));
      const told = alert && firingStory(alert);
      return told ? [{ dashboard: model.uid, panel: id, ...told }] : [];
    }),
  );
}

function firingStory(alert: Alert): Pick<Told, "alert" | "story"> | undefined {
  const firing = Object.entries(alert.scenarios).find(([, { outcome }]) => outcome === "fires");
  return firing && { alert, story: firing[0] };
}
