import { z } from "zod";
import { inSeconds } from "../kit/queries/duration";
import { bytes, duration, message, name, objectName, positive, resources, secretKey, text, unique } from "./fields";
import { receiver } from "./receivers";
import { baseUrl } from "./urls";

const time = text(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a time of day", "write it such as `22:00`");

const timeRange = z.strictObject({ start: time, end: time }).refine(({ start, end }) => start < end, {
  path: ["end"],
  error: message(
    "must be after `start`",
    "split a range that crosses midnight into two: one until 24:00 and one from 00:00",
  ),
});

const location = z
  .string()
  .refine(isTimeZone, message("must be a name of the IANA time zone database", "write it such as `Europe/Berlin`"))
  .meta({ examples: ["Europe/Berlin", "Asia/Kolkata", "UTC"] });

/** Times at which alerts of severity `warning` are muted. */
export const muteTime = z
  .strictObject({
    name,
    /** The days on which `warning` is muted. @default every day */
    weekdays: unique(z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]))
      .min(1)
      .optional(),
    /** The times of day in `location` at which `warning` is muted. @default all day */
    times: z.array(timeRange).min(1).optional(),
    /** Time zone of `times`: a name in the IANA time zone database. */
    location,
  })
  .refine(
    ({ weekdays, times }) => weekdays !== undefined || times !== undefined,
    message(
      "must set days or times: without both, the alerts would always be muted",
      "add `weekdays`, `times` or both",
    ),
  );

export const alertmanager = z.strictObject({
  /** Number of Alertmanagers. They share which notifications they have sent; two survive the loss of one. */
  replicas: positive,
  /**
   * Size of each replica's volume, which holds the notification log and the silences.
   * @default both are lost when the pod ends
   */
  storage: bytes.optional(),
  /** Resources of each replica. */
  resources,
  /**
   * The address at which people open Alertmanager, which links in notifications contain.
   * @default links contain the address inside the cluster
   */
  externalUrl: baseUrl.optional(),
  /** The existing Secret in the namespace `monitoring` that holds every key named by the receivers. @default none */
  secret: objectName.optional(),
  /** `critical` goes to `pager` and to `chat`, `warning` to `chat`. */
  receivers: z.strictObject({
    /** The receiver that is paged. @default nobody is paged */
    pager: receiver.optional(),
    /** The receiver of warnings, such as a chat channel. @default warnings have no receiver */
    chat: receiver.optional(),
  }),
  /**
   * The service that is called every `repeatInterval` while everything works; it pages when the calls stop.
   * @default none
   */
  heartbeat: z
    .strictObject({
      /** Key that holds the URL to call. */
      urlKey: secretKey,
      repeatInterval: duration.refine(
        (interval) => !(inSeconds(interval) < 10),
        message("must be at least 10s: every heartbeat is a request to the service", "use `1m`"),
      ),
      /** How long the external service waits before it pages, as configured in that service. */
      grace: duration,
    })
    .optional(),
  muteTimes: unique(muteTime, (mute) => mute.name),
});

const timeZones: ReadonlySet<string> = new Set(Intl.supportedValuesOf("timeZone"));

/** Checks the name as Alertmanager does: unlike JavaScript, Alertmanager distinguishes upper and lower case. */
function isTimeZone(given: string): boolean {
  // A formatter also accepts the older names, but takes a tenth of a second to create.
  if (timeZones.has(given)) return true;
  if (!/^[A-Z][-+\w]*(\/[A-Z][-+\w]*)*$/.test(given)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: given }));
  } catch {
    return false;
  }
}

export type MuteTime = z.infer<typeof muteTime>;
