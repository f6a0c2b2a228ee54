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

function integrations(given: Integrations, file: File): Omit<Receiver, "name"> {
  const { slack, msteams, telegram, pagerduty, jiraServiceManagement, opsgenie, email, webhook } = given;
  return {
    ...(slack && { slack_configs: [slackConfig(slack, file)] }),
    ...(msteams && { msteamsv2_configs: [msteamsConfig(msteams, file)] }),
    ...(telegram && { telegram_configs: [telegramConfig(telegram, file)] }),
    ...(pagerduty && { pagerduty_configs: [pagerdutyConfig(pagerduty, file)] }),
    ...((jiraServiceManagement ?? opsgenie) && {
      opsgenie_configs: [
        ...(jiraServiceManagement ? [opsgenieConfig(jiraServiceManagement, jiraServiceManagementApi, file)] : []),
        ...(opsgenie ? [opsgenieConfig(opsgenie, opsgenieApis[opsgenie.region], file)] : []),
      ],
    }),
    ...(email && { email_configs: [emailConfig(email, file)] }),
    ...(webhook && { webhook_configs: [webhookConfig(webhook, file)] }),
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

/** Alertmanager sends an Adaptive Card with a title and a text, as workflows of Microsoft Teams expect it. */
function msteamsConfig({ webhookUrlKey }: NonNullable<Integrations["msteams"]>, file: File) {
  return {
    webhook_url_file: file(webhookUrlKey),
    send_resolved: true,
    title: message("teamsTitle"),
    text: message("teams"),
  };
}

function telegramConfig(telegram: NonNullable<Integrations["telegram"]>, file: File) {
  const { chatId, messageThreadId, botTokenKey } = telegram;
  return {
    bot_token_file: file(botTokenKey),
    chat_id: chatId,
    ...(messageThreadId !== undefined && { message_thread_id: messageThreadId }),
    send_resolved: true,
    // The operator leaves out an empty mode, and Alertmanager's default is HTML.
    parse_mode: "HTML",
    message: message("telegram"),
  };
}

/** The API of Opsgenie in each region. https://docs.opsgenie.com/docs */
const opsgenieApis = { us: "https://api.opsgenie.com/", eu: "https://api.eu.opsgenie.com/" } as const;

/**
 * The integration events API of Jira Service Management, whose requests are those of Opsgenie:
 * https://developer.atlassian.com/cloud/jira/service-desk-ops/rest/v1/api-group-integration-events
 */
const jiraServiceManagementApi = "https://api.atlassian.com/jsm/ops/integration/";

/** Alertmanager closes the alert when the group resolves. It adds the common labels to the details. */
function opsgenieConfig({ credentialKey }: { readonly credentialKey: string }, api: string, file: File) {
  return {
    api_key_file: file(credentialKey),
    api_url: api,
    send_resolved: true,
    message: message("opsgenieMessage"),
    description: message("opsgenie"),
    entity: "{{ .CommonLabels.service }}",
    priority: message("priority"),
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
  const { to, from, smarthost, username, passwordKey, requireTls } = email;
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
    ...(requireTls !== undefined && { require_tls: requireTls }),
  };
}

/** Alertmanager's default body contains every label and annotation. */
function webhookConfig({ urlKey, bearerTokenKey }: NonNullable<Integrations["webhook"]>, file: File) {
  return {
    url_file: file(urlKey),
    send_resolved: true,
    ...(bearerTokenKey && {
      http_config: { authorization: { type: "Bearer", credentials_file: file(bearerTokenKey) } },
    }),
  };
}

/** Reference to a template in `notification-messages.ts`. */
function message(name: string): string {
  return `{{ template "erp.${name}" . }}`;
}
