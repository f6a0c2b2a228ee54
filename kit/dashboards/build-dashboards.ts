import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import type { AnyAlert, PlaceOf } from "../alerts/alert";
import { alertsSeries } from "../alerts/alerts-series";
import type { LogVocabulary } from "../queries/logql/log-query";
import type { Vocabulary } from "../queries/series";
import { type AlertPanel, alertPanels } from "./alert-panels";
import { alertsOn, checkDashboards } from "./check-dashboards";
import { buildDashboard, type DashboardForm, type Model } from "./dashboard";
import { choiceOf, panelsOf } from "./model";
import type { PanelContext } from "./panel-context";
import { targetsOf } from "./targets";

/** A dashboard and its folder in Grafana. */
export interface FiledDashboard {
  readonly folder: string;
  readonly model: Model;
}

/** The contents of an environment that its dashboards are built for and checked against. */
export interface DashboardContext extends PanelContext {
  readonly vocabulary: Vocabulary;
  readonly logs: LogVocabulary;
  /** The alerts of the environment, and those that it switches off: their measures remain in panels. */
  readonly alerts: readonly AnyAlert[];
  /** Seconds between two scrapes that Grafana assumes for a panel without `scrapeSeconds`. */
  readonly scrapeSeconds: number;
  /** The address at which people open Grafana. @default there is no address, and alerts link to no panel */
  readonly grafanaUrl?: string;
  /** The function that returns the place at which faults of an alert are reported. @default `alert <title>` */
  readonly placeOf?: PlaceOf;
}

export interface Dashboards {
  readonly dashboards: readonly FiledDashboard[];
  /** Address of the panel that shows an alert, by the alert's expression. Empty without a Grafana. */
  readonly alertUrls: ReadonlyMap<string, string>;
  /** Every expression that the dashboards send to Prometheus. */
  readonly queries: readonly string[];
  /** Panels that are left out because their data is not kept, with the expressions that they would send to Prometheus. */
  readonly unkept: readonly {
    readonly dashboard: string;
    readonly panel: string;
    readonly queries: readonly string[];
  }[];
  readonly faults: readonly Fault[];
}

/** The dashboards of one environment, and their faults. */
export function dashboards(forms: readonly DashboardForm[], context: DashboardContext): Dashboards {
  const { alerts, grafanaUrl } = context;
  const built = forms.map((form) => ({ folder: form.folder, ...buildDashboard(form, context) }));
  const filed = built.map(({ folder, model }) => ({ folder, model }));
  const models = filed.map(({ model }) => model);
  const shown = alertPanels(alertsOn(alerts, context), models);
  const base = grafanaUrl?.replace(/\/$/, "");
  return {
    dashboards: filed,
    alertUrls: new Map(
      base === undefined ? [] : [...shown].map(([expression, at]) => [expression, panelUrl(base, at)]),
    ),
    queries: models.flatMap(prometheusQueries),
    unkept: built.flatMap(({ model, unkept }) =>
      unkept.map((panel) => ({
        dashboard: model.title,
        panel: panel.title ?? "",
        queries: panelQueries(panel),
      })),
    ),
    faults: checkDashboards(models, { ...context, vocabulary: vocabularyWithAlerts(context), shown }),
  };
}

/** The series that queries of panels can read: those of the catalogue, and `ALERTS`. */
export function vocabularyWithAlerts({
  vocabulary,
  alerts,
}: Pick<DashboardContext, "vocabulary" | "alerts">): Vocabulary {
  return new Map([...vocabulary, ["ALERTS", [alertsSeries(alerts, vocabulary)]]]);
}

function panelUrl(base: string, { uid, panel }: AlertPanel): string {
  return `${base}/d/${uid}?viewPanel=${panel}`;
}

function prometheusQueries(model: Model): string[] {
  const ofPanels = panelsOf(model).flatMap(panelQueries);
  const ofAnnotations = (model.annotations.list ?? []).flatMap(({ expr }) => expr ?? []);
  const ofVariables = (model.templating.list ?? []).flatMap(({ query }) => choiceOf(query).text ?? []);
  return [...ofPanels, ...ofAnnotations, ...ofVariables];
}

function panelQueries(panel: Panel): string[] {
  return targetsOf(panel).flatMap(({ expr, datasource }) => (expr && datasource?.type === "prometheus" ? [expr] : []));
}
