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
    "msteamsv2",
    "opsgenie",
    "pagerduty",
    "slack",
    "telegram",
    "webhook",
  ]),
  receiver_name: open("names of receivers, which the settings of the environment define", [
    "pager",
    "chat",
    "heartbeat",
  ]),
});
const sample = { integration: "slack", receiver_name: "chat" };

/** Metrics that Alertmanager exposes about itself. */
export const alertmanager = {
  configLoaded: gauge("alertmanager_config_last_reload_successful", [], {
    help: "1 if Alertmanager runs with its newest configuration, 0 if it still runs with an older one.",
  }),
  notifications: counter("alertmanager_notifications_total", ["integration", "receiver_name"], {
    help: "Notifications to deliver. Each counts once, however many attempts it took.",
    sample,
  }),
  notificationsFailed: counter("alertmanager_notifications_failed_total", ["integration", "receiver_name", "reason"], {
    help: "Notifications that could not be delivered.",
    sample: { ...sample, reason: "clientError" },
  }),
  alerts: gauge("alertmanager_alerts", ["state"], {
    help: "Alerts in Alertmanager: active, or suppressed by a silence or an inhibition.",
    values: { state: ["active", "suppressed", "unprocessed"] },
    sample: { state: "active" },
  }),
};

/** Metrics of an Alertmanager that is one of several. */
export const alertmanagerCluster = {
  members: gauge("alertmanager_cluster_members", [], {
    help: "Members of the cluster that this one sees, itself included. Absent if there is only one.",
  }),
};
