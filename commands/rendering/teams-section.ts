import { alertmanagerConfig } from "../../alerts/alertmanager/alertmanager-config";
import type { AnyAlert } from "../../kit/alerts/alert";
import { ruleLabels } from "../../kit/alerts/rule-group";
import { canBeAbout } from "../../kit/notifications/about-namespace";
import { routesOf } from "../../kit/notifications/routes-of";
import type { Environment } from "../../settings/environment";
import { namespacesOfTeams, platformTeam } from "../../settings/team-members";

/** A section of Markdown on the teams of an environment and their receivers. Without teams, there is no section. */
export function teamsSection(environment: Environment, alerts: readonly AnyAlert[]): string[] {
  const teams = Object.entries(environment.teams ?? {});
  if (teams.length === 0) return [];
  const { route } = alertmanagerConfig(environment, alerts, []);
  const notified: Notified = (labels) =>
    [...new Set(routesOf(route, labels).map(({ receiver }) => receiver))].join(", ");
  const line = (team: string, services: string, namespaces: string) => {
    const [page, warning] = ["critical", "warning"].map((severity) => notified({ severity, team }));
    return `| ${[team, page, warning, services, namespaces].join(" | ")} |`;
  };
  const list = (names: readonly string[] = []) => (names.length > 0 ? names.join(", ") : "–");
  return [
    "## Teams",
    "",
    "An alert notifies the team in its column *Team* if this team is in the table below, and otherwise the team of the namespace",
    `that the alert is about. Every other alert notifies \`${platformTeam}\`, and so does an alert whose override names this team.`,
    "",
    "| Team | Critical alerts notify | Warnings notify | Services | Namespaces |",
    "| --- | --- | --- | --- | --- |",
    ...teams.map(([name, { services, namespaces }]) => line(name, list(services), list(namespaces))),
    line(platformTeam, "all others", "all others"),
    "",
    ...namespaceLines(environment, alerts, notified),
  ];
}

type Notified = (labels: Readonly<Record<string, string>>) => string;

/** The alerts that notify others if they are about a namespace of a team. */
function namespaceLines(environment: Environment, alerts: readonly AnyAlert[], notified: Notified): string[] {
  const titles = new Map<string, string[]>();
  for (const namespace of namespacesOfTeams(environment)) {
    for (const alert of alerts.filter(({ expression }) => canBeAbout(expression.text, namespace))) {
      const labels = { alertname: alert.name, ...ruleLabels(alert, environment.name) };
      const receivers = notified({ ...labels, namespace });
      if (receivers === notified(labels)) continue;
      const key = `- \`${namespace}\`: ${receivers}`;
      titles.set(key, [...(titles.get(key) ?? []), alert.title]);
    }
  }
  const lines = [...titles].map(([key, those]) => `${key} for ${those.sort().join(", ")}`);
  return lines.length > 0 ? ["Receivers of alerts about the namespaces of teams:", "", ...lines, ""] : [];
}
