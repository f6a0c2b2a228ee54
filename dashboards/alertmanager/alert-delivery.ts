import * as units from "@grafana/grafana-foundation-sdk/units";
import { alertmanagerMembersMissing } from "../../alerts/alertmanager/alertmanager-members-missing";
import { alertmanagerNotificationsFailing } from "../../alerts/alertmanager/alertmanager-notifications-failing";
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

/** From the rule to the person who is told. */
export function notifications(): Panel[] {
  return [
    timeseries({
      ...third,
      title: "Alerts that Alertmanager knows",
      description:
        "Active ones are told; suppressed ones wait behind a silence or a cause. One is always the heartbeat.",
      unit: units.Short,
      queries: [{ query: promql`max by (state) (${alertmanager.alerts})`, legend: "{{state}}" }],
    }),
    timeseries({
      ...third,
      title: "Notifications",
      description:
        "Notifications in a minute by the way that they take. The heartbeat is most of those by webhook: where that stops, those outside page.",
      unit: units.Short,
      queries: [
        {
          query: promql`60 * sum by (integration) (rate(${alertmanager.notifications}{integration=~"pagerduty|slack|email|webhook"}[$__rate_interval]))`,
          legend: "{{integration}}",
        },
      ],
    }),
    ...alertMeasures({ "Share of notifications that fail": alertmanagerNotificationsFailing }),
  ];
}

/** What the alerts measure that no other panel shows: the way to Alertmanager, and whether what was deployed runs. */
export function deliveryMeasures(environment: Environment): Panel[] {
  const { alertmanager: wanted, cluster } = environment;
  return alertMeasures({
    "Alerts that Alertmanager does not take": prometheusCannotReachAlertmanager,
    "Members that each Alertmanager sees": wanted.replicas > 1 && alertmanagerMembersMissing({ environment }),
    "Configuration was accepted": monitoringConfigRejected,
    "Changed configuration took effect": configReloadFailing,
    "Objects that the operator refuses": cluster.operator === "install" && prometheusOperatorRefusesChange,
  });
}
