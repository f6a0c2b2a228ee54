/**
 * An alert that Sentry evaluates, as its author fills it in. It has no scenarios, because no program but Sentry's server
 * can play them.
 */
export interface SentryAlert {
  /** Name in PascalCase. It also names the alert's file, its runbook, and the alert in Sentry. */
  readonly name: string;
  /** Sentry notifies the chat and never pages: docs/decisions/sentry-alerts.md. */
  readonly severity: "warning";
  /** Service that the alert is about. Its team is notified. */
  readonly service: string;
  /** Team that is notified, unless an environment gives the service to another one. */
  readonly team: string;
  /** The monitors whose issues the alert is about: the one of all errors, those of crons, or those of uptime. */
  readonly monitors: "error" | "cron" | "uptime";
  /**
   * Events of an issue, any one of which triggers the alert.
   * @default every event of the issue
   */
  readonly triggers?: readonly Trigger[];
  /** Conditions that must all hold when the alert is triggered. @default none */
  readonly conditions?: readonly Condition[];
  /** The alert notifies at most once in this time about each issue. */
  readonly frequencyMinutes: number;
  /** One sentence: the situation in which the alert notifies. */
  readonly summary: string;
  /** The reason for the alert: what somebody does because of it. */
  readonly why: string;
}

/** Triggers of alerts in Sentry: the first event of an issue, and events that open an issue again. */
export type Trigger = "first_seen_event" | "reappeared_event" | "regression_event";

/** A condition of alerts in Sentry, with the names and the values of Sentry's API. */
export type Condition =
  | { readonly event_frequency_count: { readonly interval: "1h"; readonly value: number } }
  | { readonly event_unique_user_frequency_count: { readonly interval: "1h"; readonly value: number } }
  | { readonly latest_release: Readonly<Record<string, never>> }
  | { readonly event_attribute: { readonly attribute: string; readonly match: "eq"; readonly value: string } };
