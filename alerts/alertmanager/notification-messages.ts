/**
 * What people read when they are woken: how bad and where, what it is, since when, and where to go next. An alert of
 * somebody else may lack our annotations; then its name has to do. All alerts of a notification have one name.
 */
export const messages = `
{{ define "erp.title" -}}
{{ if eq .Status "firing" }}{{ or .CommonLabels.severity "alert" | toUpper }}{{ else }}RESOLVED{{ end }}
{{- with .CommonLabels.environment }} in {{ . }}{{ end }}: {{ or .CommonAnnotations.summary .CommonLabels.alertname }}
{{- end }}

{{ define "erp.alerts" -}}
{{ range $index, $alert := .Alerts.Firing }}{{ if lt $index 10 -}}
- {{ or .Annotations.description .Annotations.message .Labels.alertname }} Since {{ .StartsAt.UTC.Format "15:04" }} UTC.
{{ end }}{{ end -}}
{{ if gt (len .Alerts.Firing) 10 }}- and others: {{ len .Alerts.Firing }} in all.
{{ end -}}
{{ range $index, $alert := .Alerts.Resolved }}{{ if lt $index 10 -}}
- No longer: {{ or .Annotations.description .Annotations.message .Labels.alertname }}
{{ end }}{{ end -}}
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
