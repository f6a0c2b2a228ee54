import { everything } from "../__tests__/fixtures/everything";
import { scrapeSeconds } from "../dashboards/grafana/data-sources";
import { dashboards } from "../kit/dashboards/build-dashboards";
import { type DashboardMutant, dashboardMutants, undetectedMutants } from "../kit/dashboards/mutants";
import { logVocabulary } from "../logs/vocabulary";
import { contributions } from "../subjects/listings";

/** All mutants of the dashboards of an environment that has everything, and those that no check finds. */
export function judgeDashboards(environment = everything): {
  readonly made: readonly DashboardMutant[];
  readonly undetected: readonly DashboardMutant[];
} {
  const { dashboards: forms, catalogue, alerts, logAlerts } = contributions(environment);
  const context = {
    runbookBaseUrl: environment.runbookBaseUrl,
    vocabulary: catalogue.vocabulary,
    logs: logVocabulary,
    alerts: [...alerts, ...logAlerts],
    scrapeSeconds,
  };
  const models = dashboards(forms, context).dashboards.map(({ model }) => model);
  const made = dashboardMutants(models, context);
  return { made, undetected: undetectedMutants(made, models, context) };
}
