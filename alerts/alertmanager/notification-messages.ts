/** A pipeline of Go's templates that quotes the text before it for the program that will parse it; empty for plain text. */
type Quoting = "" | ` | ${string}`;

/** Slack interprets these three characters, and no others. https://docs.slack.dev/messaging/formatting-message-text */
const forSlack: Quoting = ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"';

/** An address between `<` and `|` of a link in Slack. */
const forSlackLink: Quoting =
  ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "%3C" | reReplaceAll ">" "%3E" | reReplaceAll "[|]" "%7C"';

/** Alertmanager parses PagerDuty's details as YAML, in which a JSON string is a string. */
const forYaml: Quoting = " | toJson";

/** Severity, environment and summary. */
const title = (name: string, quoting: Quoting) => `{{ define "${name}" -}}
{{ if eq .Status "firing" }}{{ or .CommonLabels.severity "alert" | toUpper${quoting} }}{{ else }}RESOLVED{{ end }}
{{- with .CommonLabels.environment }} in {{ .${quoting} }}{{ end }}: {{ or .CommonAnnotations.summary .CommonLabels.alertname${quoting} }}
{{- end }}`;

/** The affected places and since when: a list, also for a parser of YAML. */
const alerts = (name: string, quoting: Quoting) => `{{ define "${name}" -}}
{{ range $index, $alert := .Alerts.Firing }}{{ if lt $index 10 -}}
- {{ printf "%s Firing since %s UTC." (or .Annotations.description .Annotations.message .Labels.alertname) (.StartsAt.UTC.Format "15:04")${quoting} }}
{{ end }}{{ end -}}
{{ if gt (len .Alerts.Firing) 10 }}- {{ printf "and more: %d firing alerts in total." (len .Alerts.Firing)${quoting} }}
{{ end -}}
{{ range $index, $alert := .Alerts.Resolved }}{{ if lt $index 10 -}}
- {{ printf "Resolved: %s" (or .Annotations.description .Annotations.message .Labels.alertname)${quoting} }}
{{ end }}{{ end -}}
{{ if gt (len .Alerts.Resolved) 10 }}- {{ printf "and more: %d resolved alerts in total." (len .Alerts.Resolved)${quoting} }}
{{ end -}}
{{ end }}`;

/**
 * Texts of notifications: severity, environment and summary, then the affected places and since when, then links.
 * Alerts that are not ours may have no annotations; the text then contains the name of the alert. All alerts in a
 * notification have the same name. Labels and annotations may contain any text, so each is quoted for the program that
 * parses it. Fields of JSON, and mails in plain text, need no quoting: Alertmanager encodes them.
 */
export const messages = `${[
  title("erp.title", ""),
  title("erp.slackTitle", forSlack),
  alerts("erp.alerts", ""),
  alerts("erp.slackAlerts", forSlack),
  alerts("erp.details", forYaml),
  `{{ define "erp.text" -}}
{{ template "erp.alerts" . }}
Runbook: {{ or .CommonAnnotations.runbook_url "none" }}
Dashboard: {{ or .CommonAnnotations.dashboard_url "none" }}
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
].join("\n\n")}\n`;
