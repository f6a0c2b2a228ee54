/**
 * Texts of notifications: severity, environment and summary, then the affected places and since when, then links.
 * Alerts that are not ours may have no annotations; the text then contains the name of the alert. All alerts in a
 * notification have the same name.
 */
export const messages = `
{{ define "erp.title" -}}
{{ if eq .Status "firing" }}{{ or .CommonLabels.severity "alert" | toUpper }}{{ else }}RESOLVED{{ end }}
{{- with .CommonLabels.environment }} in {{ . }}{{ end }}: {{ or .CommonAnnotations.summary .CommonLabels.alertname }}
{{- end }}

{{ define "erp.alerts" -}}
{{ range $index, $alert := .Alerts.Firing }}{{ if lt $index 10 -}}
- {{ or .Annotations.description .Annotations.message .Labels.alertname }} Firing since {{ .StartsAt.UTC.Format "15:04" }} UTC.
{{ end }}{{ end -}}
{{ if gt (len .Alerts.Firing) 10 }}- and more: {{ len .Alerts.Firing }} firing alerts in total.
{{ end -}}
{{ range $index, $alert := .Alerts.Resolved }}{{ if lt $index 10 -}}
- Resolved: {{ or .Annotations.description .Annotations.message .Labels.alertname }}
{{ end }}{{ end -}}
{{ if gt (len .Alerts.Resolved) 10 }}- and more: {{ len .Alerts.Resolved }} resolved alerts in total.
{{ end -}}
{{ end }}

{{ define "erp.text" -}}
{{ template "erp.alerts" . }}
Runbook: {{ or .CommonAnnotations.runbook_url "none" }}
Dashboard: {{ or .CommonAnnotations.dashboard_url "none" }}
{{- end }}

{{ define "erp.slack" -}}
{{ template "erp.alerts" . }}
{{- with .CommonAnnotations.runbook_url }}<{{ . }}|Runbook>{{ end }}
{{- with .CommonAnnotations.dashboard_url }}  <{{ . }}|Dashboard>{{ end }}
{{- end }}

{{ define "erp.colour" -}}
{{ if ne .Status "firing" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}
{{- end }}

{{ define "erp.urgency" -}}
{{ if match "^(critical|warning|info)$" .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}
{{- end }}
`.trimStart();
