import { configReloadFailing } from "../alerts/prometheus/config-reload-failing";
import { erpTargetsDown } from "../alerts/prometheus/erp-targets-down";
import { erpTargetsMissing } from "../alerts/prometheus/erp-targets-missing";
import { heartbeat } from "../alerts/prometheus/heartbeat";
import { monitoringConfigRejected } from "../alerts/prometheus/monitoring-config-rejected";
import { platformTargetsDown } from "../alerts/prometheus/platform-targets-down";
import { platformTargetsMissing } from "../alerts/prometheus/platform-targets-missing";
import { prometheusCannotReachAlertmanager } from "../alerts/prometheus/prometheus-cannot-reach-alertmanager";
import { prometheusNearRetentionSize } from "../alerts/prometheus/prometheus-near-retention-size";
import { prometheusNotIngesting } from "../alerts/prometheus/prometheus-not-ingesting";
import { prometheusOperatorRefusesChange } from "../alerts/prometheus/prometheus-operator-refuses-change";
import { prometheusRemoteWriteBehind } from "../alerts/prometheus/prometheus-remote-write-behind";
import { prometheusRemoteWriteRefused } from "../alerts/prometheus/prometheus-remote-write-refused";
import { prometheusRulesNotEvaluated } from "../alerts/prometheus/prometheus-rules-not-evaluated";
import { prometheusSeriesGrowing } from "../alerts/prometheus/prometheus-series-growing";
import { prometheusStorageFailing } from "../alerts/prometheus/prometheus-storage-failing";
import { scrapeSampleLimitHit } from "../alerts/prometheus/scrape-sample-limit-hit";
import { monitoringDashboard } from "../dashboards/prometheus/monitoring-dashboard";
import { alertIf } from "../kit/alerts/switched-off";
import { sendsOn } from "../metrics/conditions";
import { prometheusReloader, prometheusReloaderJob } from "../metrics/prometheus/config-reloader-metrics";
import { prometheus as metrics, prometheusJob } from "../metrics/prometheus/prometheus-metrics";
import { prometheusOperator, prometheusOperatorJob } from "../metrics/prometheus/prometheus-operator-metrics";
import { remoteWrite } from "../metrics/prometheus/remote-write-metrics";
import { namespaces } from "../settings/addresses";
import { charts } from "../settings/versions";
import { plainVersion } from "./program-versions";
import type { Subject } from "./subject";

const noReceiver = "`prometheus.remoteWrite` is empty";

/** Prometheus and its operator: from a scrape to an alert that is sent to Alertmanager. */
export const prometheus: Subject = {
  name: "prometheus",
  causes: ["prometheus"],
  jobs: ({ cluster }) => [
    prometheusJob,
    prometheusReloaderJob,
    cluster.operator === "install" && prometheusOperatorJob,
  ],
  metrics: ({ environment }) => [
    metrics,
    prometheusReloader,
    sendsOn(environment) && remoteWrite,
    environment.cluster.operator === "install" && prometheusOperator,
  ],
  alerts: (catalogued) => {
    const { environment } = catalogued;
    return [
      alertIf(environment.alertmanager.heartbeat, heartbeat, "the environment does not set `alertmanager.heartbeat`"),
      prometheusNotIngesting,
      prometheusRulesNotEvaluated,
      prometheusCannotReachAlertmanager,
      monitoringConfigRejected,
      configReloadFailing,
      alertIf(
        environment.cluster.operator === "install",
        prometheusOperatorRefusesChange,
        "`cluster.operator` is `existing`, and that operator is monitored by its own team",
      ),
      prometheusStorageFailing,
      prometheusNearRetentionSize,
      alertIf(sendsOn(environment), prometheusRemoteWriteBehind, noReceiver),
      alertIf(sendsOn(environment), prometheusRemoteWriteRefused, noReceiver),
      prometheusSeriesGrowing,
      scrapeSampleLimitHit,
      erpTargetsDown(catalogued),
      erpTargetsMissing(catalogued),
      platformTargetsDown(catalogued),
      platformTargetsMissing(catalogued),
    ];
  },
  dashboards: (catalogued) => [monitoringDashboard(catalogued)],
  evidence: [
    { source: prometheusReloaderJob.name, version: () => charts.kubePrometheusStack.programs.prometheusConfigReloader },
    { source: prometheusJob.name, version: () => charts.kubePrometheusStack.programs.prometheus },
    {
      source: prometheusOperatorJob.name,
      version: () => plainVersion(charts.kubePrometheusStack.appVersion),
      inCluster: {
        pods: { namespace: namespaces.monitoring, app: "kube-prometheus-stack-prometheus-operator", port: 8080 },
        behind: "Prometheus, Alertmanager, their monitors and rules",
      },
    },
  ],
  eventSeries: { ALERTS: "an alert" },
};
