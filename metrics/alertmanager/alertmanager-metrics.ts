import { open } from "../../kit/metrics/label-values";
import { source } from "../../kit/metrics/metric";
import { chartJob } from "../scrape-jobs";

export const alertmanagerJob = chartJob(
  "alertmanager",
  "http-web",
  "kube-prometheus-stack-alertmanager",
  "alertmanager",
);

const { counter, gauge } = source(alertmanagerJob, {
  integration: open("Alertmanager has many more than `alertmanager.receivers` offers", [
    "email",
    "pagerduty",
    "slack",
    "webhook",
  ]),
});
const sample = { integration: "slack" };

/** What Alertmanager says of itself. */
export const alertmanager = {
  configLoaded: gauge("alertmanager_config_last_reload_successful", [], {
    help: "1 while it runs with the configuration that it was last given, 0 while it goes on with an older one.",
  }),
  notifications: counter("alertmanager_notifications_total", ["integration"], {
    help: "Notifications that were to be delivered, each once however often it was tried.",
    sample,
  }),
  notificationsFailed: counter("alertmanager_notifications_failed_total", ["integration", "reason"], {
    help: "Notifications that were given up.",
    sample: { ...sample, reason: "clientError" },
  }),
  alerts: gauge("alertmanager_alerts", ["state"], {
    help: "Alerts that it knows: active, or suppressed by a silence or a cause.",
    values: { state: ["active", "suppressed", "unprocessed"] },
    sample: { state: "active" },
  }),
};

/** What one of several says of the others. */
export const alertmanagerCluster = {
  members: gauge("alertmanager_cluster_members", [], {
    help: "Members of the cluster that it sees, itself included; absent where there is only one.",
  }),
};
