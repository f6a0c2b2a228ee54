import type { Receiver } from "../../kit/notifications/alertmanager-configuration";

/** A pipeline of Go's templates that quotes the text before it for the program that will parse it; empty for plain text. */
type Quoting = "" | ` | ${string}`;

/** Slack interprets these three characters, and no others. https://docs.slack.dev/messaging/formatting-message-text */
const forSlack: Quoting = ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"';

/** An address between `<` and `|` of a link in Slack. */
const forSlackLink: Quoting =
  ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "%3C" | reReplaceAll ">" "%3E" | reReplaceAll "[|]" "%7C"';

/**
 * Microsoft Teams interprets a part of CommonMark, in which a backslash quotes a character. A line break could begin a list.
 * https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features
 */
const forTeams: Quoting = ' | reReplaceAll "([\\\\\\\\\\x60*_~<&\\\\[\\\\]])" "\\\\$1" | reReplaceAll "\\\\s+" " "';

/** The address of a link in Microsoft Teams, between `(` and `)`. */
const forTeamsLink: Quoting =
  ' | reReplaceAll "[(]" "%28" | reReplaceAll "[)]" "%29" | reReplaceAll "<" "%3C" | reReplaceAll ">" "%3E" | reReplaceAll "[\\\\\\\\]" "%5C"';

/** Alertmanager parses PagerDuty's details as YAML, in which a JSON string is a string. */
const forYaml: Quoting = " | toJson";

/** Severity, environment and summary. */
const title = (name: string, quoting: Quoting) => `{{ define "${name}" -}}
{{ if eq .Status "firing" }}{{ or .CommonLabels.severity "alert" | toUpper${quoting} }}{{ else }}RESOLVED{{ end }}
{{- with .CommonLabels.environment }} in {{ .${quoting} }}{{ end }}: {{ or .CommonAnnotations.summary .CommonLabels.alertname${quoting} }}
{{- end }}`;

/** The limits of a list of alerts. */
interface Bounds {
  /** The number of firing alerts that are listed, and of resolved ones. @default 10 */
  readonly most?: number;
  /** The number of characters of each alert. @default no limit */
  readonly longest?: number;
}

/** The affected places and since when: a list, also for a parser of YAML. */
const alerts = (name: string, quoting: Quoting, { most = 10, longest }: Bounds = {}) => {
  const text = longest === undefined ? "%s" : `%.${longest}s`;
  return `{{ define "${name}" -}}
{{ range $index, $alert := .Alerts.Firing }}{{ if lt $index ${most} -}}
- {{ printf "${text} Firing since %s UTC." (or .Annotations.description .Annotations.message .Labels.alertname) (.StartsAt.UTC.Format "15:04")${quoting} }}
{{ end }}{{ end -}}
{{ if gt (len .Alerts.Firing) ${most} }}- {{ printf "and more: %d firing alerts in total." (len .Alerts.Firing)${quoting} }}
{{ end -}}
{{ range $index, $alert := .Alerts.Resolved }}{{ if lt $index ${most} -}}
- {{ printf "Resolved: ${text}" (or .Annotations.description .Annotations.message .Labels.alertname)${quoting} }}
{{ end }}{{ end -}}
{{ if gt (len .Alerts.Resolved) ${most} }}- {{ printf "and more: %d resolved alerts in total." (len .Alerts.Resolved)${quoting} }}
{{ end -}}
{{ end }}`;
};

/** Links to the runbook and the dashboard in plain text. */
const links = `Runbook: {{ or .CommonAnnotations.runbook_url "none" }}
Dashboard: {{ or .CommonAnnotations.dashboard_url "none" }}`;

/** Messages of Slack, PagerDuty and mail. */
const common = [
  title("erp.title", ""),
  title("erp.slackTitle", forSlack),
  alerts("erp.alerts", ""),
  alerts("erp.slackAlerts", forSlack),
  alerts("erp.details", forYaml),
  `{{ define "erp.text" -}}
{{ template "erp.alerts" . }}
${links}
{{- end }}`,
  `{{ define "erp.slack" -}}
{{ template "erp.slackAlerts" . }}
{{- with .CommonAnnotations.runbook_url }}<{{ .${forSlackLink} }}|Runbook>{{ end }}
{{- with .CommonAnnotations.dashboard_url }}  <{{ .${forSlackLink} }}|Dashboard>{{ end }}
{{- end }}`,
  `{{ define "erp.colour" -}}
{{ if ne .Status "firing" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}
{{- end }}`,
  `{{ define "erp.urgency" -}}
{{ if match "^(critical|warning|info)$" .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}
{{- end }}`,
];

/** Microsoft Teams accepts messages of 28 KB. Alertmanager does not shorten them. */
const teams = [
  title("erp.teamsTitle", forTeams),
  alerts("erp.teamsAlerts", forTeams, { longest: 500 }),
  `{{ define "erp.teams" -}}
{{ template "erp.teamsAlerts" . }}
{{ with .CommonAnnotations.runbook_url }}[Runbook]({{ .${forTeamsLink} }}){{ end }}
{{- with .CommonAnnotations.dashboard_url }} [Dashboard]({{ .${forTeamsLink} }}){{ end }}
{{- end }}`,
];

/**
 * Telegram accepts messages of 4,096 characters. Alertmanager sends no text of a longer one. It quotes each value for
 * HTML by its place.
 */
const telegram = [
  alerts("erp.telegramAlerts", "", { most: 5, longest: 250 }),
  `{{ define "erp.telegram" -}}
<b>{{ template "erp.title" . }}</b>
{{ template "erp.telegramAlerts" . }}
{{- with .CommonAnnotations.runbook_url }}<a href="{{ . }}">Runbook</a>{{ end }}
{{- with .CommonAnnotations.dashboard_url }}  <a href="{{ . }}">Dashboard</a>{{ end }}
{{- end }}`,
];

/**
 * Opsgenie and Jira Service Management accept a title of 130 characters and a description of 15,000. They show the
 * priority, so that the title does not contain the severity.
 */
const opsgenie = [
  `{{ define "erp.opsgenieMessage" -}}
{{ with .CommonLabels.environment }}{{ . }}: {{ end }}{{ or .CommonAnnotations.summary .CommonLabels.alertname }}
{{- end }}`,
  alerts("erp.opsgenieAlerts", "", { longest: 500 }),
  `{{ define "erp.opsgenie" -}}
{{ template "erp.opsgenieAlerts" . }}
${links}
{{- end }}`,
  `{{ define "erp.priority" -}}
{{ if eq .CommonLabels.severity "critical" }}P1{{ else if eq .CommonLabels.severity "info" }}P5{{ else }}P3{{ end }}
{{- end }}`,
];

/** The messages that only one kind of integration has. */
const messagesOf: Readonly<Record<string, readonly string[]>> = {
  msteamsv2_configs: teams,
  telegram_configs: telegram,
  opsgenie_configs: opsgenie,
};

/**
 * Texts of the notifications of these receivers: severity, environment and summary, then the affected places and since
 * when, then links. Alerts that are not ours may have no annotations; the text then contains the name of the alert. All
 * alerts in a notification have the same name. Labels and annotations may contain any text, so each is quoted for the
 * program that parses it. Fields of JSON, and mails in plain text, need no quoting: Alertmanager encodes them.
 */
export function notificationMessages(receivers: readonly Receiver[]): string {
  const integrations = new Set(receivers.flatMap((receiver) => Object.keys(receiver)));
  const own = Object.entries(messagesOf).flatMap(([integration, texts]) =>
    integrations.has(integration) ? texts : [],
  );
  return `${[...common, ...own].join("\n\n")}\n`;
}
