import type { Environment } from "../../config/environment";
import { celery } from "../../dashboards/celery/celery-dashboard";
import { elasticsearchDashboard } from "../../dashboards/elasticsearch/elasticsearch-dashboard";
import { fastapiOverview } from "../../dashboards/erp-api/fastapi-dashboard";
import { businessMetrics } from "../../dashboards/erp-business/business-dashboard";
import { logs } from "../../dashboards/erp-logs/logs-dashboard";
import { sloDashboard } from "../../dashboards/erp-slos/slo-dashboard";
import { infrastructure } from "../../dashboards/kubernetes/infrastructure-dashboard";
import { databasePerformance } from "../../dashboards/postgresql/database-dashboard";
import { platformMonitoring } from "../../dashboards/prometheus/monitoring-dashboard";
import { redisDashboard } from "../../dashboards/redis/redis-dashboard";
import type { Fault } from "../../faults";
import { logVocabulary } from "../../logs/vocabulary";
import type { Catalogue } from "../../metrics/catalogue";
import type { AnyAlert } from "../alerts/alert";
import { alertsSeries } from "../alerts/alerts-series";
import { type AlertPanel, alertPanels } from "./alert-panels";
import { checkDashboards } from "./check-dashboards";
import type { Model } from "./dashboard";
import { choiceOf, panelsOf, targetsOf } from "./model";

/** A dashboard and the folder it is filed in. */
export interface FiledDashboard {
  readonly folder: string;
  readonly model: Model;
}

export interface Dashboards {
  /** About the cluster and the monitoring itself. */
  readonly platform: readonly FiledDashboard[];
  readonly erp: readonly FiledDashboard[];
  /** Address of the panel that shows an alert, by the alert's expression; empty where there is no Grafana. */
  readonly alertUrls: ReadonlyMap<string, string>;
  /** What they ask Prometheus. */
  readonly queries: readonly string[];
  readonly faults: readonly Fault[];
}

/** Every dashboard of one environment, and what is wrong with them. */
export function dashboards(environment: Environment, catalogue: Catalogue, alerts: readonly AnyAlert[]): Dashboards {
  const { grafana } = environment;
  const erp = [
    fastapiOverview(environment, catalogue),
    sloDashboard(environment, catalogue),
    databasePerformance(environment),
    celery(environment),
    redisDashboard(environment),
    ...(environment.erp.elasticsearch ? [elasticsearchDashboard(environment)] : []),
    logs(environment),
    businessMetrics(environment, catalogue),
  ].map(filed("ERP"));
  const platform = [infrastructure(environment), platformMonitoring(environment, catalogue)].map(filed("Platform"));
  const models = [...erp, ...platform].map(({ model }) => model);
  const vocabulary = new Map([...catalogue.vocabulary, ["ALERTS", [alertsSeries(alerts)]]]);
  const shown = alertPanels(alerts, models);
  return {
    platform,
    erp,
    alertUrls: new Map(grafana.mode === "off" ? [] : [...shown].map(addressed(grafana.url.replace(/\/$/, "")))),
    queries: models.flatMap(prometheusQueries),
    faults: checkDashboards(models, { vocabulary, logs: logVocabulary, alerts, shown }),
  };
}

function addressed(base: string) {
  return ([expression, { uid, panel }]: readonly [string, AlertPanel]) =>
    [expression, `${base}/d/${uid}?viewPanel=${panel}`] as const;
}

function filed(folder: string) {
  return (model: Model): FiledDashboard => ({ folder, model });
}

function prometheusQueries(model: Model): string[] {
  const targets = panelsOf(model).flatMap(targetsOf);
  const asked = targets.flatMap(({ expr, datasource }) => (expr && datasource?.type === "prometheus" ? [expr] : []));
  const marks = (model.annotations.list ?? []).flatMap(({ expr }) => expr ?? []);
  const choices = (model.templating.list ?? []).flatMap(({ query }) => choiceOf(query).text ?? []);
  return [...asked, ...marks, ...choices];
}
