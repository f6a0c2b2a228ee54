import { z } from "zod";
import { message, oneLine, positive, text } from "./fields";
import { baseUrl } from "./urls";

/**
 * Forms of slugs.
 * @see https://github.com/getsentry/sentry/blob/master/src/sentry/slug/patterns.py
 */
const organizationSlug = text(
  /^(?!\d+$)(?!.{51})[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/,
  "must be the slug of an organisation: at most 50 letters, digits and dashes, not only digits, with no dash at its ends",
  "copy it from the address of the organisation in Sentry, such as `acme`",
);

function slug(of: string, most: number, example: string) {
  return text(
    new RegExp(`^(?!\\d+$)(?!.{${most + 1}})[-a-z0-9_]+$`),
    `must be the slug of ${of}: at most ${most} lower-case letters, digits, dashes and underscores, not only digits`,
    `write it such as \`${example}\``,
  );
}

/**
 * Slugs that are pages of Sentry.
 * @see https://github.com/getsentry/sentry/blob/master/src/sentry/constants.py
 */
const reservedSlugs = new Set(
  "api-keys audit-log auth members projects rate-limits repos settings teams billing payments legal subscription support integrations developer-settings usage".split(
    " ",
  ),
);

/** Address of a server of Sentry. The provider appends `/api/`. */
const serverUrl = baseUrl.refine(
  (url) => !/\/(api(\/0)?\/?)?$/.test(url),
  message(
    "must not end with a slash or with /api: `/api/` is appended to it",
    "write it such as `https://sentry.example.com`",
  ),
);

/** How often Sentry expects an entry of beat's schedule to run: the minutes, or five fields of crontab in UTC. */
const cronSchedule = z.union(
  [
    z.strictObject({ everyMinutes: positive }),
    z.strictObject({
      crontab: text(
        /^(\*|[-\d*,/]+)( (\*|[-\d*,/]+)){2} (\*|[-\w*,/]+) (\*|[-\w*,/]+)$/,
        "must have the five fields of crontab: minute, hour, day of the month, month, day of the week",
        "write it such as `30 * * * *`",
      ),
    }),
  ],
  { error: message("must be an object", "write it as { everyMinutes } or as { crontab }") },
);

/** Name of an entry, which Sentry makes a slug of, and Terraform a name in the state. */
const cronName = text(
  /^[a-z](?!.{50})(-?[a-z0-9])*$/,
  "must be the slug of a cron monitor: at most 50 lower-case letters, digits and single dashes, of which the first is a letter",
  "name the entry of the schedule such as `nightly-report`",
);

export type CronSchedule = z.infer<typeof cronSchedule>;

/** A project in Sentry that Terraform manages, with its alerts and its monitors: docs/sentry.md. */
export const sentryProject = z.strictObject({
  organization: organizationSlug,
  /** Slug of the existing team that owns the project and its issues. */
  team: slug("a team", 50, "erp"),
  /** Slug of the project, which Terraform creates. It must be unique among all environments. */
  slug: slug("a project", 100, "erp-production").refine(
    (given) => !reservedSlugs.has(given),
    message("must not be the name of a page of Sentry", "choose a slug such as `erp-production`"),
  ),
  /** Address of a Sentry that you run yourself, without `/api`. @default `https://sentry.io` */
  baseUrl: serverUrl.optional(),
  /**
   * The Slack integration in Sentry, through which alerts reach the Slack channel of `chat`. `workspace` is its name in
   * Sentry.
   * @default none: required if `chat` notifies Slack
   */
  slack: z.strictObject({ workspace: oneLine }).optional(),
  /**
   * The PagerDuty integration in Sentry, through which alerts reach the PagerDuty service of `chat`: the name of the
   * account, and the name and the number of the service in Sentry.
   * @default none: required if `chat` notifies PagerDuty
   */
  pagerduty: z
    .strictObject({
      account: oneLine,
      service: oneLine,
      serviceId: text(
        /^[1-9]\d{0,17}$/,
        "must be the number of the service in Sentry",
        "write it as text, such as `17`",
      ),
    })
    .optional(),
  /**
   * Limits per issue and hour: the events above which `SentryIssueFrequent` notifies, and the users above which
   * `SentryIssueAffectsUsers` does.
   * @default 100 events, 20 users
   */
  limits: z.strictObject({ eventsPerHour: positive, usersPerHour: positive }).optional(),
  /**
   * Uptime monitors: Sentry requests `erp.ingress.probePath` at every host of `erp.ingress`, from outside the cluster.
   * @default none
   */
  uptime: z
    .strictObject({
      intervalSeconds: z
        .int()
        .refine(
          (seconds) => [60, 300, 600, 1200, 1800, 3600].includes(seconds),
          message("must be an interval of Sentry", "use 60, 300, 600, 1200, 1800 or 3600"),
        )
        .meta({ examples: [60, 300, 600, 1200, 1800, 3600] }),
      /** Time after which a request counts as failed. */
      timeoutSeconds: positive.max(
        60,
        message("must be at most 60: it is a number of seconds", "use a value such as 5"),
      ),
    })
    .optional(),
  /**
   * Entries of beat's schedule, by name, each of which gets a cron monitor. The image must report its runs: docs/sentry.md.
   * @default the schedule of the reference ERP
   */
  cronMonitors: z.record(cronName, cronSchedule).optional(),
});

export type SentryProject = z.infer<typeof sentryProject>;
