import type { Receiver } from "../../kit/notifications/alertmanager-configuration";
import type { Environment } from "../../settings/environment";
import { type Recipient, receiverName } from "./recipients";

type Integrations = NonNullable<Environment["alertmanager"]["receivers"]["pager"]>;
/** Path of the file from which Alertmanager reads a secret, by its key. */
type File = (key: string) => string;

/** Alertmanager's receivers. Each key of the mounted Secret is a file. */
export function receivers({ alertmanager, teams = {} }: Pick<Environment, "alertmanager" | "teams">): Receiver[] {
  const { secret, receivers: given, heartbeat } = alertmanager;
  const file: File = (key) => `/etc/alertmanager/secrets/${secret}/${key}`;
  return [
    { name: "nobody" },
    ...Object.entries(given).map(([name, configured]) => ({ name, ...integrations(configured, file) })),
    ...Object.entries(teams).flatMap(([team, { pager, chat }]) =>
      Object.entries({ pager, chat }).flatMap(([kind, configured]) =>
        configured ? [{ name: receiverName(team, kind as Recipient), ...integrations(configured, file) }] : [],
      ),
    ),
    // The external service notices the end of the heartbeat by its absence.
    ...(heartbeat
      ? [{ name: "heartbeat", webhook_configs: [{ url_file: file(heartbeat.urlKey), send_resolved: false }] }]
      : []),
  ];
}

function integrations({ slack, pagerduty, email, webhook }: Integrations, file: File): Omit<Receiver, "name"> {
  return {
    ...(slack && { slack_configs: [slackConfig(slack, file)] }),
    ...(pagerduty && { pagerduty_configs: [pagerdutyConfig(pagerduty, file)] }),
    ...(email && { email_configs: [emailConfig(email, file)] }),
    // Alertmanager's default body contains every label and annotation.
    ...(webhook && { webhook_configs: [{ url_file: file(webhook.urlKey), send_resolved: true }] }),
  };
}

function slackConfig({ channel, apiUrlKey }: NonNullable<Integrations["slack"]>, file: File) {
  return {
    api_url_file: file(apiUrlKey),
    channel,
    send_resolved: true,
    color: message("colour"),
    title: message("slackTitle"),
    title_link: "{{ or .CommonAnnotations.dashboard_url .CommonAnnotations.runbook_url }}",
    text: message("slack"),
    fallback: message("slackTitle"),
    // Otherwise Slack would interpret `*`, `_`, `~` and backticks in the text, which cannot be quoted. Links still work.
    mrkdwn_in: ["pretext"],
  };
}

function pagerdutyConfig({ credentialKey }: NonNullable<Integrations["pagerduty"]>, file: File) {
  return {
    routing_key_file: file(credentialKey),
    send_resolved: true,
    description: message("title"),
    severity: message("urgency"),
    class: "{{ .CommonLabels.alertname }}",
    component: "{{ .CommonLabels.service }}",
    group: "{{ .CommonLabels.environment }}",
    // The default would be JSON with every label.
    details: { firing: message("details") },
    links: [
      { href: "{{ .CommonAnnotations.runbook_url }}", text: "Runbook" },
      { href: "{{ .CommonAnnotations.dashboard_url }}", text: "Dashboard" },
    ],
  };
}

function emailConfig(email: NonNullable<Integrations["email"]>, file: File) {
  const { to, from, smarthost, username, passwordKey } = email;
  return {
    to,
    from,
    smarthost,
    send_resolved: true,
    headers: { Subject: message("title") },
    // Plain text looks the same in every mail program.
    html: "",
    text: message("text"),
    ...(username && { auth_username: username }),
    ...(passwordKey && { auth_password_file: file(passwordKey) }),
  };
}

/** Reference to a template in `notification-messages.ts`. */
function message(name: string): string {
  return `{{ template "erp.${name}" . }}`;
}
