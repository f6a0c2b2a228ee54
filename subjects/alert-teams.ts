import type { AnyAlert } from "../kit/alerts/alert";
import { type AlertOverrides, overriddenTeam } from "../kit/alerts/overrides";
import { type ProductTeam, teamOfService, type WithTeams } from "../settings/team-members";

/** The alert with the team to which the environment gives its service, if there is one. */
export function withTeam<One extends AnyAlert>(alert: One, environment: WithTeams): One {
  const team = teamOfService(environment, alert.service);
  return team === undefined ? alert : (alert.change({ team }) as One);
}

interface WithOverrides {
  /** What the environment changes about alerts. @default nothing */
  readonly alerts?: AlertOverrides | undefined;
}

/**
 * Matchers of `ALERTS` that select the alerts that name a team in the product, whichever team they have in the environment.
 *
 * @param alerts as the product declares them
 */
export function alertMatchers(
  alerts: readonly AnyAlert[],
  team: ProductTeam,
  environment: WithTeams & WithOverrides,
): string {
  const teamIn = (alert: AnyAlert) =>
    overriddenTeam(alert, environment.alerts ?? {}) ?? withTeam(alert, environment).team;
  // With the teams that they have in the environment, two alerts can have the same team but not the same service.
  if (alerts.every((alert) => (alert.team === team) === (teamIn(alert) === team))) return `team="${team}"`;
  const named = alerts.filter((alert) => alert.team === team);
  const list = (values: readonly string[]) => [...new Set(values)].sort().join("|");
  return `team=~"${list(named.map(teamIn))}",service=~"${list(named.map(({ service }) => service))}"`;
}
