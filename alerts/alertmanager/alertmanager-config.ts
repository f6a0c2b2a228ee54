import type { AnyAlert } from "../../kit/alerts/alert";
import type { AlertmanagerConfig, TimeInterval } from "../../kit/notifications/alertmanager-configuration";
import { inhibitions } from "../../kit/notifications/inhibitions";
import type { Environment } from "../../settings/environment";
import { receivers } from "./notification-receivers";
import { routes } from "./notification-routes";

type MuteTime = Environment["alertmanager"]["muteTimes"][number];

/**
 * Alertmanager's configuration for one environment with these alerts.
 * @param causes all causes that an alert may name
 */
export function alertmanagerConfig(
  environment: Pick<Environment, "alertmanager" | "teams" | "alerts">,
  alerts: readonly AnyAlert[],
  causes: readonly string[],
): AlertmanagerConfig {
  return {
    route: routes(environment, alerts),
    inhibit_rules: inhibitions(alerts, causes),
    time_intervals: environment.alertmanager.muteTimes.map(timeInterval),
    receivers: receivers(environment),
    // The operator mounts the templates in this folder.
    templates: ["/etc/alertmanager/config/*.tmpl"],
  };
}

function timeInterval({ name, weekdays, times, location }: MuteTime): TimeInterval {
  const during = times?.map(({ start, end }) => ({ start_time: start, end_time: end }));
  return { name, time_intervals: [{ weekdays, times: during, location }] };
}
