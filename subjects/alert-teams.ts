import type { AnyAlert } from "../kit/alerts/alert";
import { type ProductTeam, teamOfService, type WithTeams } from "../settings/team-members";

/** The alert with the team to which the environment gives its service, if there is one. */
export function withTeam<One extends AnyAlert>(alert: One, environment: WithTeams): One {
  const team = teamOfService(environment, alert.service);
  return team === undefined ? alert : (alert.change({ team }) as One);
}

/**
 * Matchers of `ALERTS` that select the alerts that name a team in the product, whichever team they have in the environment.
 *
 * @param alerts as the product declares them
 */
export function alertMatchers(alerts: readonly AnyAlert[], team: ProductTeam, environment: WithTeams): string {
  const named = alerts.filter((alert) => alert.team === team).map((alert) => withTeam(alert, environment));
  const valuesOf = (label: "team" | "service") => [...new Set(named.map((alert) => alert[label]))].sort().join("|");
  const teams = valuesOf("team");
  return teams === team ? `team="${team}"` : `team=~"${teams}",service=~"${valuesOf("service")}"`;
}
