import type { Receiver } from "../../kit/notifications/alertmanager-configuration";
import type { Environment } from "../../settings/environment";

type Alertmanager = Environment["alertmanager"];
type Ways = NonNullable<Alertmanager["receivers"]["pager"]>;
/** Where Alertmanager reads a secret, by its key. */
type File = (key: string) => string;

/** Each secret is a file of the one Secret that is mounted for them. */
export function receivers({ secret, receivers: given, heartbeat }: Alertmanager): Receiver[] {
  const file: File = (key) => `/etc/alertmanager/secrets/${secret}/${key}`;
  return [
    { name: "nobody" },
    ...Object.entries(given).map(([name, ways]) => ({ name, ...integrations(ways, file) })),
    // Its end is told by its silence.
    ...(heartbeat
      ? [{ name: "heartbeat", webhook_configs: [{ url_file: file(heartbeat.urlKey), send_resolved: false }] }]
      : []),
  ];
}

function integrations({ slack, pagerduty, email, webhook }: Ways, file: File): Omit<Receiver, "name"> {
  return {
    ...(slack && { slack_configs: [slackConfig(slack, file)] }),
    ...(pagerduty && { pagerduty_configs: [pagerdutyConfig(pagerduty, file)] }),
    ...(email && { email_configs: [emailConfig(email, file)] }),
    // Its body is Alertmanager's own: every label and annotation.
    ...(webhook && { webhook_configs: [{ url_file: file(webhook.urlKey), send_resolved: true }] }),
  };
}

function slackConfig({ channel, apiUrlKey }: NonNullable<Ways["slack"]>, file: File) {
  return {
    api_url_file: file(apiUrlKey),
    channel,
    send_resolved: true,
    color: message("colour"),
    title: message("title"),
    title_link: "{{ or .CommonAnnotations.dashboard_url .CommonAnnotations.runbook_url }}",
    text: message("slack"),
    fallback: message("title"),
  };
}

function pagerdutyConfig({ credentialKey }: NonNullable<Ways["pagerduty"]>, file: File) {
  return {
    routing_key_file: file(credentialKey),
    send_resolved: true,
    description: message("title"),
    severity: message("urgency"),
    class: "{{ .CommonLabels.alertname }}",
    component: "{{ .CommonLabels.service }}",
    group: "{{ .CommonLabels.environment }}",
    // The default is JSON of every label.
    details: { firing: message("alerts") },
    links: [
      { href: "{{ .CommonAnnotations.runbook_url }}", text: "Runbook" },
      { href: "{{ .CommonAnnotations.dashboard_url }}", text: "Dashboard" },
    ],
  };
}

function emailConfig(email: NonNullable<Ways["email"]>, file: File) {
  const { to, from, smarthost, username, passwordKey } = email;
  return {
    to,
    from,
    smarthost,
    send_resolved: true,
    headers: { Subject: message("title") },
    // Plain text is read the same everywhere.
    html: "",
    text: message("text"),
    ...(username && { auth_username: username }),
    ...(passwordKey && { auth_password_file: file(passwordKey) }),
  };
}

/** A template of `messages.ts`. */
function message(name: string): string {
  return `{{ template "erp.${name}" . }}`;
}
