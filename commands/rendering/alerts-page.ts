import { type AnyAlert, severities } from "../../kit/alerts/alert";
import { alertsIn } from "../../kit/alerts/files/rule-file";
import { limitText } from "../../kit/alerts/limit";
import { lateText, type OverrideSummary, overrideSummaries } from "../../kit/alerts/override-summary";
import type { SentryAlert } from "../../kit/alerts/sentry-alert";
import type { SwitchedOff } from "../../kit/alerts/switched-off";
import type { Environment } from "../../settings/environment";
import { contributions, sentryAlertsOf, switchedOffAlerts } from "../../subjects/listings";
import { ruleFilesOf } from "../../subjects/team-contents";
import { conditionsText, evaluatedWhen, frequencyText } from "./sentry-facts";
import { teamsSection } from "./teams-section";

/** The alerts of an environment as a page of Markdown, and below them those that the environment does not have. */
export function alertsPage(environment: Environment): string {
  const contributed = contributions(environment);
  const all = [...contributed.alerts, ...contributed.logAlerts];
  const off = switchedOffAlerts(environment, contributed);
  const overrides = overrideSummaries(contributed.overridden, all, contributed.catalogue.vocabulary);
  return [
    `# Alerts of ${environment.name}`,
    "",
    "The most severe come first. Alertmanager can route them by the labels `severity` and `team`.",
    "",
    ...table(all),
    "",
    ...sentrySection(sentryAlertsOf(environment)),
    ...teamAlertsSection(environment),
    ...teamsSection(environment, all),
    ...(overrides.length > 0 ? overridesSection(overrides) : []),
    "## Switched off",
    "",
    ...(off.length > 0 ? switchedOffList(off) : ["None: the environment has every alert of the product."]),
    "",
  ].join("\n");
}

/** The alerts that Sentry evaluates. Without a project in Sentry, there is no section. */
function sentrySection(alerts: readonly SentryAlert[]): string[] {
  if (alerts.length === 0) return [];
  return [
    "## Alerts of Sentry",
    "",
    "Sentry evaluates these alerts, and notifies the chat:",
    "",
    "| Alert | When | Only if | At most once in | Team |",
    "| --- | --- | --- | --- | --- |",
    ...alerts.map(
      (alert) =>
        `| ${[alert.name, evaluatedWhen(alert), conditionsText(alert.conditions), frequencyText(alert), alert.team].join(" | ")} |`,
    ),
    "",
  ];
}

/** The alerts of the files of teams. Without any, there is no section. */
function teamAlertsSection(environment: Environment): string[] {
  const rows = ruleFilesOf(environment).flatMap((file) =>
    alertsIn(file).map(
      ({ alert, labels, for: lasting = "at once" }) =>
        `| ${[alert, lasting, labels.severity, file.team, `\`${file.path}\``].join(" | ")} |`,
    ),
  );
  if (rows.length === 0) return [];
  return [
    "## Alerts of teams",
    "",
    "The files in `config/teams/` contain these alerts:",
    "",
    "| Alert | For | Severity | Team | File |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ];
}

/** The alerts that the environment changes, with the reasons, and what follows for other alerts. */
function overridesSection(overrides: readonly OverrideSummary[]): string[] {
  return [
    "## Overrides",
    "",
    "`alerts` in the settings of the environment changes these alerts:",
    "",
    ...overrides.map(({ title, changes, because, until, relying, uninhibited, late }) =>
      [
        `- ${title}: ${changes}, because ${because}${until === undefined ? "" : `. Last day: ${until}`}.`,
        ...(uninhibited.length > 0 ? [` It no longer inhibits ${uninhibited.join(", ")}.`] : []),
        ...(late.length > 0
          ? [` Alerts can notify before the alert that inhibits them fires: ${lateText(late)}.`]
          : []),
        ...(relying.length > 0 ? [` These alerts stay silent in cases that it covers: ${relying.join(", ")}.`] : []),
      ].join(""),
    ),
    "",
  ];
}

/** A page with links to the alerts of each environment: pages that serve all environments link to it. */
export function alertsIndex(environments: readonly Environment[]): string {
  return [
    "# Alerts of each environment",
    "",
    "Each page lists the alerts that the environment deploys, with their limits, and those that are switched off.",
    "",
    ...environments.map(({ name }) => `- [${name}](${name}/alerts.md)`),
    "",
  ].join("\n");
}

/** Widths of the columns. They are fixed, so that a changed alert changes its own line alone. */
const widths = [36, 15, 8, 9, 8];

function table(alerts: readonly AnyAlert[]): string[] {
  const rank = ({ severity }: AnyAlert) => severities.indexOf(severity);
  const sorted = alerts.toSorted((one, other) => rank(one) - rank(other) || (one.title < other.title ? -1 : 1));
  return [
    row(["Alert", "Fires at", "For", "Severity", "Team"]),
    row(widths.map((width) => "-".repeat(width))),
    ...sorted.map((alert) =>
      row([
        alert.title,
        `${alert.comparison} ${limitText(alert.limit)}`,
        alert.for ?? "at once",
        alert.severity,
        alert.team,
      ]),
    ),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
}

/** The alerts under the reason that they have in common. */
function switchedOffList(off: readonly SwitchedOff[]): string[] {
  const reasons = [...new Set(off.map(({ because }) => because))];
  return reasons.map((reason) => {
    const titles = off.filter(({ because }) => because === reason).map(({ title }) => title);
    return `- ${titles.join(", ")}: ${reason}`;
  });
}
