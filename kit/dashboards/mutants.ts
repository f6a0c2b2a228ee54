import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { drawsMeasure } from "./alert-measure";
import { alertPanels } from "./alert-panels";
import { type DashboardContext, vocabularyWithAlerts } from "./build-dashboards";
import { checkDashboards } from "./check-dashboards";
import type { Model } from "./dashboard";
import { panelPlace, panelsOf } from "./model";
import { type MistakeKind, panelMistakes, unitOf } from "./panel-mistakes";
import { type Target, targetsOf } from "./targets";

/** A dashboard with one deliberate mistake. */
export interface DashboardMutant {
  readonly kind: MistakeKind;
  /** `dashboard "Redis": panel "Memory": query A` */
  readonly place: string;
  /** The mistake in a few words: `{status="failed"} dropped`. */
  readonly mistake: string;
  /**
   * Whether the checks are expected to find the mistake. Some mistakes, such as `max` instead of `sum`, contradict no
   * definition. The checks find these only if the panel shows the measure of an alert, which has scenarios.
   */
  readonly expected: boolean;
  /** Number of the dashboard in the list that was given. */
  readonly dashboard: number;
  /** The dashboard with the mistake. */
  readonly model: () => Model;
}

/** Mistakes that no check can find in a panel that shows no alert. */
const unprovable: readonly MistakeKind[] = [
  "aggregation exchanged",
  "matcher dropped",
  "matcher negated",
  "label value exchanged",
  "denominator dropped",
  "number of a condition changed",
  "unused grouping label dropped",
  "`on` label dropped",
];

/** Copies of the dashboards with a single mistake, for every mistake in every place. */
export function dashboardMutants(models: readonly Model[], context: DashboardContext): readonly DashboardMutant[] {
  const units = [...new Set(models.flatMap(panelsOf).flatMap(unitOf))].sort();
  return models.flatMap((model, dashboard) =>
    panelsOf(model).flatMap((panel, index) => {
      const place = panelPlace(model, panel);
      return panelMistakes(panel, context.vocabulary, units).map(({ query, kind, mistake, change }) => {
        const asked = query === undefined ? undefined : targetsOf(panel)[query];
        return {
          kind,
          place: asked ? `${place}: query ${asked.refId}` : place,
          mistake,
          expected: !unprovable.includes(kind) || (asked !== undefined && showsAlert(panel, asked, context)),
          dashboard,
          model: () => changePanel(model, index, change),
        };
      });
    }),
  );
}

/** Whether the panel draws the measure of an alert with the alert's limit. */
function showsAlert({ type, fieldConfig }: Panel, { expr }: Target, { alerts }: DashboardContext): boolean {
  const limits = fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value) ?? [];
  return alerts.some(
    (alert) => type === "timeseries" && limits.includes(alert.limit.value) && drawsMeasure(alert, expr),
  );
}

/**
 * The mutants in which the checks of dashboards find no fault.
 *
 * @param models the dashboards without mistakes, which have no fault
 */
export function undetectedMutants(
  mutants: readonly DashboardMutant[],
  models: readonly Model[],
  context: DashboardContext,
): readonly DashboardMutant[] {
  const vocabulary = vocabularyWithAlerts(context);
  return mutants.filter(({ dashboard, model }) => {
    const mutant = model();
    const shown = alertPanels(context.alerts, models.with(dashboard, mutant));
    return checkDashboards([mutant], { ...context, vocabulary, shown }).length === 0;
  });
}

function changePanel(model: Model, index: number, change: (panel: Panel) => Panel): Model {
  const wanted = panelsOf(model)[index];
  const replace = <Given>(panel: Given): Given => (panel === wanted ? (change(wanted as Panel) as Given) : panel);
  const panels = (model.panels ?? []).map((panel) =>
    "panels" in panel ? { ...panel, panels: panel.panels.map(replace) } : replace(panel),
  );
  return { ...model, panels };
}
