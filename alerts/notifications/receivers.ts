import type { Environment } from "../../config/environment";

type Alertmanager = Environment["alertmanager"];
type Receiver = NonNullable<Alertmanager["receivers"]["pager"]>;

/** Alertmanager's receivers. Each secret is a file of the one Secret that is mounted for them. */
export function receivers({ secret, receivers: given, heartbeat }: Alertmanager) {
  const file = (key: string) => `/etc/alertmanager/secrets/${secret}/${key}`;
  return [
    { name: "nobody" },
    ...Object.entries(given).map(([name, receiver]) => ({ name, ...integrations(receiver, file) })),
    ...(heartbeat
      ? [{ name: "heartbeat", webhook_configs: [{ url_file: file(heartbeat.urlKey), send_resolved: false }] }]
      : []),
  ];
}

function integrations({ slack, pagerduty, email, webhook }: Receiver, file: (key: string) => string) {
  return {
    ...(slack && {
      slack_configs: [
        {
          api_url_file: file(slack.apiUrlKey),
          channel: slack.channel,
          send_resolved: true,
          title: "{{ .CommonLabels.alertname }} ({{ .Status }}, {{ .CommonLabels.environment }})",
          text: "{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n{{ .Annotations.runbook_url }}\n{{ end }}",
        },
      ],
    }),
    ...(pagerduty && {
      pagerduty_configs: [
        {
          routing_key_file: file(pagerduty.routingKeyKey),
          description: "{{ .CommonLabels.alertname }}: {{ (index .Alerts 0).Annotations.summary }}",
          send_resolved: true,
        },
      ],
    }),
    ...(email && {
      email_configs: [
        {
          to: email.to,
          from: email.from,
          smarthost: email.smarthost,
          send_resolved: true,
          ...(email.username && { auth_username: email.username }),
          ...(email.passwordKey && { auth_password_file: file(email.passwordKey) }),
        },
      ],
    }),
    ...(webhook && { webhook_configs: [{ url_file: file(webhook.urlKey), send_resolved: true }] }),
  };
}
