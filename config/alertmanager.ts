import { z } from "zod";
import { bytes, duration, httpUrl, message, name, positive, resources, secretKey, text, unique } from "./fields";

const mailbox = z.email(message("must be an e-mail address", "write it such as `platform@example.com`"));

const email = z
  .strictObject({
    to: mailbox,
    from: mailbox,
    /** Server and port through which the mail leaves. */
    smarthost: text(/^[^:\s]+:\d+$/, "must be host:port", "write it such as `smtp.example.com:587`"),
    /** @default no authentication */
    username: z.string().optional(),
    /** @default no authentication */
    passwordKey: secretKey.optional(),
  })
  .refine(({ username, passwordKey }) => (username === undefined) === (passwordKey === undefined), {
    path: ["passwordKey"],
    error: message("must stand where `username` does, and only there", "give both, or neither"),
  });

/** Ways to reach people. Secrets are keys of the Secret `alertmanager.secret`, which Alertmanager reads as files. */
export const receiver = z
  .strictObject({
    /** `apiUrlKey`: the incoming webhook's URL. @default not by Slack */
    slack: z
      .strictObject({
        channel: text(/^[#@]./, "must start with # or @", "write it as Slack shows it"),
        apiUrlKey: secretKey,
      })
      .optional(),
    /** `credentialKey`: the integration key of an Events API v2 integration. @default not by PagerDuty */
    pagerduty: z.strictObject({ credentialKey: secretKey }).optional(),
    /** @default not by e-mail */
    email: email.optional(),
    /** `urlKey`: whole URL, which may carry a token. @default not by a webhook */
    webhook: z.strictObject({ urlKey: secretKey }).optional(),
  })
  .refine(
    (integrations) => Object.values(integrations).some((integration) => integration !== undefined),
    message("must reach somebody", "add `slack`, `pagerduty`, `email` or `webhook`, or leave the receiver out"),
  );

const time = text(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a time of day", "write it such as `22:00`");

const timeRange = z.strictObject({ start: time, end: time }).refine(({ start, end }) => start < end, {
  path: ["end"],
  error: message("must be after `start`", "split a range that passes midnight in two: one until 24:00, one from 00:00"),
});

const location = z
  .string()
  .refine(isTimeZone, message("must be a name of the IANA time zone database", "write it such as `Europe/Berlin`"));

/** When `warning` stays quiet. */
export const muteTime = z
  .strictObject({
    name,
    /** @default every day */
    weekdays: unique(z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]))
      .min(1)
      .optional(),
    /** In `location`. @default all day */
    times: z.array(timeRange).min(1).optional(),
    /** Name in the IANA time zone database. */
    location,
  })
  .refine(
    ({ weekdays, times }) => weekdays !== undefined || times !== undefined,
    message("must say when: without days and times it would mute for ever", "add `weekdays`, `times` or both"),
  );

export const alertmanager = z.strictObject({
  /** They tell each other what they have sent; two survive the loss of one. */
  replicas: positive,
  /** Size of each replica's volume: notification log and silences. @default lost when the pod ends */
  storage: bytes.optional(),
  /** Of each replica. */
  resources,
  /** Under which address people open it, for links in notifications. @default none */
  externalUrl: httpUrl.optional(),
  /** Existing Secret in the namespace `monitoring` that holds every key named by the receivers. @default none */
  secret: name.optional(),
  /** `critical` goes to `pager` and to `chat`, `warning` to `chat`. */
  receivers: z.strictObject({
    /** Wakes somebody. @default nobody is woken */
    pager: receiver.optional(),
    /** Read by day. @default nobody is told */
    chat: receiver.optional(),
  }),
  /** Told every `repeatInterval` that everything works; it pages when it hears nothing. @default none */
  heartbeat: z
    .strictObject({
      /** Key of the URL to call. */
      urlKey: secretKey,
      repeatInterval: duration,
      /** How long the other side waits before it pages, as it is set there. */
      grace: duration,
    })
    .optional(),
  muteTimes: unique(muteTime, (mute) => mute.name),
});

/** JavaScript knows the database, but not that Alertmanager heeds capitals. */
function isTimeZone(given: string): boolean {
  // A formatter, which also knows the older names, takes a tenth of a second to make.
  if (Intl.supportedValuesOf("timeZone").includes(given)) return true;
  if (!/^[A-Z][-+\w]*(\/[A-Z][-+\w]*)*$/.test(given)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: given }));
  } catch {
    return false;
  }
}

export type Receiver = z.infer<typeof receiver>;
export type MuteTime = z.infer<typeof muteTime>;
