import { everything } from "../__tests__/fixtures/everything";
import { scrapeSeconds } from "../dashboards/grafana/data-sources";
import { dashboards } from "../kit/dashboards/build-dashboards";
import { type DashboardMutant, dashboardMutants, undetectedMutants } from "../kit/dashboards/mutants";
import { logVocabulary } from "../logs/vocabulary";
import { contributions } from "../subjects/listings";

/** Dashboards with one deliberate mistake each, and those of them in which no check finds it. */
export interface JudgedDashboards {
  readonly made: readonly DashboardMutant[];
  readonly undetected: readonly DashboardMutant[];
}

/**
 * Breaks the dashboards of an environment that has everything, in one place at a time. All mutants take half a minute.
 *
 * @param isPlayed chooses the mutants that are judged, by their number
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
