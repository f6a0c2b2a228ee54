import { z } from "zod";
import { bytes, duration, httpUrl, name, replicas, resources, secretKey } from "./fields";

/** Ways to reach people. Secrets are keys of the Secret `alertmanager.secret`, which Alertmanager reads as files. */
const integrations = {
  slack: z.strictObject({
    channel: z.string().regex(/^[#@]/, "must start with # or @\nwrite it as Slack shows it"),
    apiUrlKey: secretKey,
  }),
  pagerduty: z.strictObject({ routingKeyKey: secretKey }),
  email: z.strictObject({
    to: z.email("must be an e-mail address\nwrite it such as `platform@example.com`"),
    from: z.email("must be an e-mail address\nwrite it such as `alertmanager@example.com`"),
    smarthost: z.string().regex(/^[^:\s]+:\d+$/, "must be host:port\nwrite it such as `smtp.example.com:587`"),
    username: z.string().optional(),
    passwordKey: secretKey.optional(),
  }),
  webhook: z.strictObject({ urlKey: secretKey }),
};

export const receiver = z.strictObject({
  slack: integrations.slack.optional(),
  pagerduty: integrations.pagerduty.optional(),
  email: integrations.email.optional(),
  webhook: integrations.webhook.optional(),
});

const time = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "must be a time of day\nwrite it such as `22:00`");

/** When `warning` stays quiet. Times are in `location`. */
export const muteTime = z.strictObject({
  name,
  weekdays: z
    .array(z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]))
    .min(1)
    .optional(),
  times: z
    .array(z.strictObject({ start: time, end: time }))
    .min(1)
    .optional(),
  /** Name in the IANA time zone database. */
  location: z.string(),
});

export const alertmanager = z.strictObject({
  replicas,
  /** Size of each replica's volume: notification log and silences. @default lost when the pod ends */
  storage: bytes.optional(),
  resources,
  /** Under which address people open it, for links in notifications. @default none */
  externalUrl: httpUrl.optional(),
  /** Existing Secret in the namespace `monitoring` that holds every key named by the receivers. @default none */
  secret: name.optional(),
  /** `critical` goes to `pager`, `warning` to `chat`. Without a pager, `critical` goes to `chat` too. */
  receivers: z.strictObject({ pager: receiver.optional(), chat: receiver.optional() }),
  /** Told regularly that everything works; it pages when it hears nothing. @default none */
  heartbeat: z.strictObject({ urlKey: secretKey, repeatInterval: duration }).optional(),
  muteTimes: z.array(muteTime),
});

export type Receiver = z.infer<typeof receiver>;
export type MuteTime = z.infer<typeof muteTime>;
