import { everything } from "../__tests__/fixtures/everything";
import { scrapeSeconds } from "../dashboards/grafana/data-sources";
import { dashboards } from "../kit/dashboards/build-dashboards";
import { type DashboardMutant, dashboardMutants, undetectedMutants } from "../kit/dashboards/mutants";
import { logVocabulary } from "../logs/vocabulary";
import { contributions } from "../subjects/listings";

/** Dashboards with one deliberate mistake each: all that were made, and those in which no check finds the mistake. */
export interface JudgedDashboards {
  readonly made: readonly DashboardMutant[];
  readonly undetected: readonly DashboardMutant[];
}

/**
 * Breaks the dashboards of an environment with every feature, in one place at a time. To judge all mutants takes half a
 * minute.
 *
 * @param isPlayed returns whether the mutant with this number is judged
 */
export function judgeDashboards(isPlayed: (index: number) => boolean = () => true): JudgedDashboards {
  const { dashboards: forms, catalogue, alerts, logAlerts } = contributions(everything);
  const context = {
    runbookBaseUrl: everything.runbookBaseUrl,
    vocabulary: catalogue.vocabulary,
    logs: logVocabulary,
    alerts: [...alerts, ...logAlerts],
    scrapeSeconds,
  };
  const models = dashboards(forms, context).dashboards.map(({ model }) => model);
  const made = dashboardMutants(models, context).filter((_, index) => isPlayed(index));
  return { made, undetected: undetectedMutants(made, models, context) };
}
