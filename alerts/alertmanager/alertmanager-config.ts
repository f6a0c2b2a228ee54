import type { Environment } from "../../config/environment";
import type { AnyAlert } from "../../kit/alerts/alert";
import type { AlertmanagerConfig } from "../../kit/notifications/alertmanager-configuration";
import { inhibitions } from "../../kit/notifications/inhibitions";
import { receivers } from "./notification-receivers";
import { routes } from "./notification-routes";

type MuteTime = Environment["alertmanager"]["muteTimes"][number];

/** Alertmanager's configuration for one environment with these alerts. */
export function alertmanagerConfig({ alertmanager }: Environment, alerts: readonly AnyAlert[]): AlertmanagerConfig {
  return {
    route: routes(alertmanager),
    inhibit_rules: inhibitions(alerts),
    time_intervals: alertmanager.muteTimes.map(timeInterval),
    receivers: receivers(alertmanager),
    // Where the operator mounts them.
    templates: ["/etc/alertmanager/config/*.tmpl"],
  };
}

function timeInterval({ name, weekdays, times, location }: MuteTime) {
  const during = times?.map(({ start, end }) => ({ start_time: start, end_time: end }));
  return { name, time_intervals: [{ weekdays, times: during, location }] };
}
