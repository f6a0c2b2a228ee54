import * as units from "@grafana/grafana-foundation-sdk/units";
import { alertmanagerMembersMissing } from "../../alerts/alertmanager/alertmanager-members-missing";
import { alertmanagerNotificationsFailing } from "../../alerts/alertmanager/alertmanager-notifications-failing";
import { receivers } from "../../alerts/alertmanager/notification-receivers";
import { configReloadFailing } from "../../alerts/prometheus/config-reload-failing";
import { monitoringConfigRejected } from "../../alerts/prometheus/monitoring-config-rejected";
import { prometheusCannotReachAlertmanager } from "../../alerts/prometheus/prometheus-cannot-reach-alertmanager";
import { prometheusOperatorRefusesChange } from "../../alerts/prometheus/prometheus-operator-refuses-change";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { alertmanager } from "../../metrics/alertmanager/alertmanager-metrics";
import type { Environment } from "../../settings/environment";
import { alertMeasures, scraped } from "../prometheus/monitoring-panels";

const third = { ...scraped, width: 8 };

/** Alerts in Alertmanager, and the notifications that it sends. */
export function notifications(environment: Environment): Panel[] {
  return [
    timeseries({
      ...third,
      title: "Alerts in Alertmanager",
      description:
        "Alerts by state. Active alerts are sent to their receivers. Suppressed ones are silenced, or inhibited by another alert. One alert is always active: the heartbeat.",
      unit: units.Short,
      queries: [{ query: promql`max by (state) (${alertmanager.alerts})`, legend: "{{state}}" }],
    }),
    timeseries({
      ...third,
      title: "Notifications per minute",
      description:
        "Notifications per minute by integration. Most webhook notifications are the heartbeat. If the heartbeat stops, the external service pages.",
      unit: units.Short,
      queries: [
        {
          query: promql`60 * sum by (integration) (rate(${alertmanager.notifications}{integration=~"${integrations(environment).join("|")}"}[$__rate_interval]))`,
          legend: "{{integration}}",
        },
      ],
    }),
    ...alertMeasures({ "Notification failure ratio": alertmanagerNotificationsFailing }),
  ];
}

/** The usual integrations, and others that receivers of the environment have. Alertmanager has series of every integration. */
function integrations(environment: Environment): readonly string[] {
  const configured = receivers(environment).flatMap(({ name: _name, ...lists }) => Object.keys(lists));
  const own = configured.map((list) => list.replace(/_configs$/, ""));
  return [...new Set(["pagerduty", "slack", "email", "webhook", ...own])];
}

/** Measures that no other panel shows: delivery to Alertmanager, and whether changed configuration is in use. */
export function deliveryMeasures(environment: Environment): Panel[] {
  const { alertmanager: wanted, cluster } = environment;
  return alertMeasures({
    "Alertmanager delivery failure ratio": prometheusCannotReachAlertmanager,
    "Cluster members of each Alertmanager": wanted.replicas > 1 && alertmanagerMembersMissing({ environment }),
    "Configuration accepted": monitoringConfigRejected,
    "Configuration reload succeeded": configReloadFailing,
    "Objects rejected by the operator": cluster.operator === "install" && prometheusOperatorRefusesChange,
  });
}
