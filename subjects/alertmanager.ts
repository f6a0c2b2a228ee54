import { alertmanagerMembersMissing } from "../alerts/alertmanager/alertmanager-members-missing";
import { alertmanagerNotificationsFailing } from "../alerts/alertmanager/alertmanager-notifications-failing";
import { alertIf } from "../kit/alerts/switched-off";
import {
  alertmanagerCluster,
  alertmanagerJob,
  alertmanager as metrics,
} from "../metrics/alertmanager/alertmanager-metrics";
import { alertmanagerReloader, alertmanagerReloaderJob } from "../metrics/prometheus/config-reloader-metrics";
import { charts } from "../settings/versions";
import type { Subject } from "./subject";

/** Alertmanager: from an alert to the notification. */
export const alertmanager: Subject = {
  name: "alertmanager",
  jobs: () => [alertmanagerJob, alertmanagerReloaderJob],
  metrics: ({ environment }) => [
    metrics,
    alertmanagerReloader,
    environment.alertmanager.replicas > 1 && alertmanagerCluster,
  ],
  alerts: (catalogued) => [
    alertmanagerNotificationsFailing,
    alertIf(
      catalogued.environment.alertmanager.replicas > 1,
      alertmanagerMembersMissing(catalogued),
      "`alertmanager.replicas` is 1",
    ),
  ],
  evidence: [
    { source: alertmanagerJob.name, version: () => charts.kubePrometheusStack.programs.alertmanager },
    {
      source: alertmanagerReloaderJob.name,
      version: () => charts.kubePrometheusStack.programs.prometheusConfigReloader,
    },
  ],
};
