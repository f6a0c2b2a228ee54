import { z } from "zod";
import { message, oneLine, positive, secretKey, text } from "./fields";
import { mailbox, mailboxes } from "./mailboxes";
import { hostPort } from "./urls";

const email = z
  .strictObject({
    /** One or several addresses, separated by commas. */
    to: mailboxes,
    from: mailbox,
    /** Host and port of the SMTP server. With port 465, TLS starts with the connection. */
    smarthost: hostPort,
    /** The user name with which Alertmanager signs in to the server. @default no authentication */
    username: oneLine.optional(),
    /** The key that holds the password of the user. @default no authentication */
    passwordKey: secretKey.optional(),
    /**
     * Whether mail is sent only through TLS, which the server must offer with STARTTLS. `false` is for a relay without
     * STARTTLS: Alertmanager then sends every mail unencrypted, also if the relay offers STARTTLS.
     * @default true
     */
    requireTls: z.boolean().optional(),
  })
  .refine(({ username, passwordKey }) => (username === undefined) === (passwordKey === undefined), {
    path: ["passwordKey"],
    error: message("must be set if and only if `username` is set", "set both or neither"),
  })
  .refine(({ requireTls, username, passwordKey }) => requireTls !== false || (username ?? passwordKey) === undefined, {
    path: ["requireTls"],
    error: message(
      "must not be `false` together with a password: Alertmanager sends a password unencrypted with LOGIN, and refuses to with PLAIN",
      "remove `username` and `passwordKey`, or use a server with STARTTLS",
    ),
  })
  .refine(({ requireTls, smarthost }) => requireTls === undefined || !smarthost.endsWith(":465"), {
    path: ["requireTls"],
    error: message(
      "must not be set with port 465, where TLS starts with the connection",
      "remove it, or write the port on which the server accepts mail without TLS, such as 25",
    ),
  });

const slack = z.strictObject({
  channel: text(
    /^(#[^\s#@,{}\p{Lu}]{1,80}|@[^\s#@,{}]+|[CDGUW][A-Z0-9]{8,})$/u,
    "must be a channel in lower case after #, a user after @, or the ID of one of them",
    "write it such as `#erp` or `C024BE91L`",
  ),
  apiUrlKey: secretKey,
});

const opsgenie = z.strictObject({
  credentialKey: secretKey,
  /** The region of the account, which decides about the address of the API. */
  region: z.enum(["us", "eu"]),
});

const telegram = z.strictObject({
  /** Number of the chat, which is negative for groups and channels. The bot must be a member of the chat. */
  chatId: z
    .int({ error: message("must be the number of a chat", "write it such as -1001234567890, without quotes") })
    .refine((id) => id !== 0, message("must not be 0", "write the number of the chat, such as -1001234567890")),
  /** Number of the topic in a group with topics. @default the topic *General* */
  messageThreadId: positive.optional(),
  botTokenKey: secretKey,
});

/**
 * Integrations of a receiver. Secrets are keys of the Secret `alertmanager.secret`, which Alertmanager reads as files.
 */
export const receiver = z
  .strictObject({
    /**
     * The Slack channel that is notified. `apiUrlKey` names the key that holds the incoming webhook's URL.
     * @default Slack is not notified
     */
    slack: slack.optional(),
    /**
     * The channel or chat in Microsoft Teams that is notified. `webhookUrlKey` names the key that holds the URL of a
     * workflow with the trigger *When a Teams webhook request is received*.
     * @default Microsoft Teams is not notified
     */
    msteams: z.strictObject({ webhookUrlKey: secretKey }).optional(),
    /**
     * The Telegram chat that is notified. `botTokenKey` names the key that holds the token of the bot.
     * @default Telegram is not notified
     */
    telegram: telegram.optional(),
    /**
     * The PagerDuty service that is notified. `credentialKey` names the key that holds the integration key of an Events
     * API v2 integration.
     * @default PagerDuty is not notified
     */
    pagerduty: z.strictObject({ credentialKey: secretKey }).optional(),
    /**
     * The Jira Service Management team that is notified. `credentialKey` names the key that holds the API key of a
     * Prometheus or API integration of this team.
     * @default Jira Service Management is not notified
     */
    jiraServiceManagement: z.strictObject({ credentialKey: secretKey }).optional(),
    /**
     * The Opsgenie team that is notified. `credentialKey` names the key that holds the API key of a Prometheus or API
     * integration of this team. Atlassian ends the support of Opsgenie on 2027-04-05: prefer `jiraServiceManagement`.
     * @default Opsgenie is not notified
     */
    opsgenie: opsgenie.optional(),
    /** The mailbox that is notified, and the SMTP server that sends the mail. @default no mail is sent */
    email: email.optional(),
    /**
     * The webhook that is called. `urlKey` names the key that holds the whole URL, which may contain a token.
     * @default no webhook is called
     */
    webhook: z
      .strictObject({
        urlKey: secretKey,
        /** The key that holds the token of the header `Authorization: Bearer`. @default no such header */
        bearerTokenKey: secretKey.optional(),
      })
      .optional(),
  })
  .refine(
    (integrations) => Object.values(integrations).some((integration) => integration !== undefined),
    message(
      "must have at least one integration",
      "add `slack`, `msteams`, `pagerduty`, `email`, `webhook` or another integration, or leave the receiver out",
    ),
  );

export type Receiver = z.infer<typeof receiver>;
