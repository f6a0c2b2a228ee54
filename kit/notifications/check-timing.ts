import type { Fault } from "../../faults";
import { inSeconds } from "../queries/duration";
import type { Route } from "./alertmanager-configuration";
import { parseMatcher } from "./label-matcher";

/** Times of a route, each of which is that of its parent unless it is set. */
interface Timing {
  readonly group_wait: string;
  readonly group_interval: string;
  readonly repeat_interval: string;
}

/** @see https://prometheus.io/docs/alerting/latest/configuration/#route */
const defaults: Timing = { group_wait: "30s", group_interval: "5m", repeat_interval: "4h" };

/** Faults of the times of a route and of the routes below it. */
export function checkTiming(route: Route, placeOf: (route: Route) => string, inherited = defaults): Fault[] {
  const { group_wait, group_interval, repeat_interval } = route;
  const own = { group_wait, group_interval, repeat_interval };
  const faults = Object.entries(own).flatMap(([field, value]) =>
    checkDuration(`${placeOf(route)}: ${field}`, field, value),
  );
  const timing: Timing = {
    group_wait: group_wait ?? inherited.group_wait,
    group_interval: group_interval ?? inherited.group_interval,
    repeat_interval: repeat_interval ?? inherited.repeat_interval,
  };
  return [
    ...faults,
    ...(faults.length === 0 ? checkRepetition(route, timing, placeOf(route)) : []),
    ...(route.routes ?? []).flatMap((one) => checkTiming(one, placeOf, timing)),
  ];
}

function checkDuration(place: string, field: string, value: string | undefined): Fault[] {
  const seconds = value === undefined ? 1 : inSeconds(value);
  // A group may be sent at once, but the other two are intervals.
  if (seconds > 0 || (seconds === 0 && field === "group_wait")) return [];
  const rule = field === "group_wait" ? "must be a Prometheus duration" : "must be a Prometheus duration above 0";
  return [{ place, rule, value: `${value}`, remedy: "write a number and a unit, such as `30s`" }];
}

/**
 * Alertmanager repeats a notification only when both intervals have passed. A heartbeat sets a shorter repeat interval on
 * purpose.
 */
function checkRepetition(route: Route, { group_interval, repeat_interval }: Timing, place: string): Fault[] {
  const isSet = route.group_interval !== undefined || route.repeat_interval !== undefined;
  if (!isSet || isHeartbeat(route) || inSeconds(repeat_interval) >= inSeconds(group_interval)) return [];
  const rule = `must not be below the group interval, which is ${group_interval}: Alertmanager would not repeat sooner`;
  const remedy = "raise it, or lower `group_interval`";
  return [{ place: `${place}: repeat_interval`, rule, value: repeat_interval, remedy }];
}

function isHeartbeat({ matchers = [] }: Route): boolean {
  return matchers
    .map(parseMatcher)
    .some(({ label, operator, value }) => label === "severity" && operator === "=" && value === "heartbeat");
}
