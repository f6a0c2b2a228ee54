import type { AnyAlert } from "../../kit/alerts/alert";
import { overriddenTeam } from "../../kit/alerts/overrides";
import { present } from "../../kit/lists";
import type { Route } from "../../kit/notifications/alertmanager-configuration";
import { durationText, inSeconds } from "../../kit/queries/duration";
import type { Environment } from "../../settings/environment";
import { platformTeam } from "../../settings/team-members";
import { platformRecipients, type Recipients, teamRecipients } from "./recipients";

/**
 * Which receiver gets which notification. Alerts without one of our severities go to the chat, so that no alert is
 * lost.
 *
 * @param known the alerts of the environment
 */
export function routes(
  { alertmanager, teams = {}, alerts = {} }: Pick<Environment, "alertmanager" | "teams" | "alerts">,
  known: readonly AnyAlert[],
): Route {
  const { heartbeat, muteTimes } = alertmanager;
  const platform = platformRecipients(alertmanager);
  const muted = muteTimes.map(({ name }) => name);
  const forPlatform = known.filter((alert) => overriddenTeam(alert, alerts) === platformTeam);
  return {
    receiver: platform.chat,
    group_by: ["alertname", "namespace", "service"],
    group_wait: "30s",
    group_interval: "5m",
    repeat_interval: "24h",
    routes: present([
      // This route is first, so that no other one matches the heartbeat: it proves that notifications are delivered.
      heartbeat && heartbeatRoute(heartbeat.repeatInterval),
      // The chart's own alerts Watchdog and InfoInhibitor have the severity `none`.
      { receiver: "nobody", matchers: [heartbeat ? 'severity=~"info|none"' : 'severity=~"heartbeat|info|none"'] },
      ...teamRoutes(teams, forPlatform, platform, muted),
      ...routesToPeople(platform, muted),
    ]),
  };
}

/**
 * The routes of the teams. The team that an alert names comes before the team of its namespace: the alert names a team
 * because its override, its service or the alert itself does. Most alerts name the platform because they name no other
 * team, so those that an override gives to the platform have routes of their own.
 */
function teamRoutes(
  teams: NonNullable<Environment["teams"]>,
  forPlatform: readonly AnyAlert[],
  platform: Recipients,
  muted: readonly string[],
): Route[] {
  const ofTeams = Object.entries(teams).map(([name, team]) => {
    const recipients = teamRecipients(name, team, platform);
    const route = { receiver: recipients.chat, routes: routesToPeople(recipients, muted) };
    return { name, namespaces: team.namespaces ?? [], route };
  });
  const withNamespaces = ofTeams.filter(({ namespaces }) => namespaces.length > 0);
  return [
    ...ofTeams.map(({ name, route }) => ({ ...route, matchers: [`team="${name}"`] })),
    ...(withNamespaces.length > 0 ? forPlatform : []).map(({ name, labels = {} }) => ({
      receiver: platform.chat,
      matchers: Object.entries({ alertname: name, ...labels }).map(([label, value]) => `${label}="${value}"`),
      routes: routesToPeople(platform, muted),
    })),
    ...withNamespaces.map(({ namespaces, route }) => ({
      ...route,
      matchers: [`namespace=~"${namespaces.join("|")}"`],
    })),
  ];
}

function routesToPeople({ pager, chat }: Recipients, muted: readonly string[]): Route[] {
  return present([
    // The chat receives pages as well, at any time: if one receiver fails, the other one still gets them.
    pager !== undefined && { ...criticalRoute(pager), continue: true },
    criticalRoute(chat),
    { receiver: chat, matchers: ['severity="warning"'], ...(muted.length > 0 && { mute_time_intervals: muted }) },
  ]);
}

/**
 * Alertmanager considers a notification once per group interval, and repeats it only if more than the repeat interval has
 * passed since the last one. If both were equal, every second heartbeat would be missing.
 */
function heartbeatRoute(interval: string): Route {
  return {
    receiver: "heartbeat",
    matchers: ['severity="heartbeat"'],
    group_wait: "0s",
    group_interval: interval,
    repeat_interval: durationText(inSeconds(interval) / 2),
  };
}

/**
 * Alertmanager considers the alerts of a group again only after the group interval, so an alert that was inhibited then
 * waits up to a group interval after its inhibition ends: docs/decisions/group-interval.md.
 */
function criticalRoute(receiver: string): Route {
  return {
    receiver,
    matchers: ['severity="critical"'],
    group_wait: "10s",
    group_interval: "1m",
    repeat_interval: "4h",
  };
}
