import * as units from "@grafana/grafana-foundation-sdk/units";
import { monitoringConfigRejected, prometheusOperatorRefusesChange } from "../../alerts/prometheus/configuration";
import {
  alertmanagerMembersMissing,
  alertmanagerNotificationsFailing,
  prometheusCannotReachAlertmanager,
} from "../../alerts/prometheus/delivery";
import type { Environment } from "../../config/environment";
import { type Panel, timeseries } from "../../kit/dashboards/panels";
import { promql } from "../../kit/queries/query";
import { alertmanager } from "../../metrics/alertmanager/alertmanager-metrics";
import { measured, scraped } from "../prometheus/monitoring-panels";

const half = { ...scraped, width: 12 };

/** From the rule to the person who is told. */
export function notifications(environment: Environment): Panel[] {
  return [
    timeseries({
      ...half,
      title: "Alerts that Alertmanager knows",
      description:
        "Active ones are told; suppressed ones wait behind a silence or a cause. One is always the heartbeat.",
      unit: units.Short,
      queries: [{ query: promql`max by (state) (${alertmanager.alerts})`, legend: "{{state}}" }],
    }),
    timeseries({
      ...half,
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
    ...measured(
      [
        prometheusCannotReachAlertmanager,
        alertmanagerNotificationsFailing,
        ...(environment.alertmanager.replicas > 1 ? [alertmanagerMembersMissing(environment)] : []),
      ],
      environment,
    ),
  ];
}

/** Whether what was deployed is what runs. */
export function configuration(environment: Environment): Panel[] {
  const ours = environment.cluster.operator === "install" ? [prometheusOperatorRefusesChange] : [];
  return measured([monitoringConfigRejected, ...ours], environment);
}
