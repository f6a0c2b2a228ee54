import type { SentryAlert } from "../../kit/alerts/sentry-alert";

/** Events above which an issue in the newest release is no longer a single mishap. */
const eventsPerHour = 10;

/** An unhandled error that repeats in the newest release, also if an older release had it. */
export const sentryErrorsAfterRelease: SentryAlert = {
  name: "SentryErrorsAfterRelease",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  monitors: "error",
  conditions: [
    { latest_release: {} },
    { event_attribute: { attribute: "error.unhandled", match: "eq", value: "true" } },
    { event_frequency_count: { interval: "1h", value: eventsPerHour } },
  ],
  frequencyMinutes: 360,
  summary: `The newest release raises one unhandled error more than ${eventsPerHour} times within an hour.`,
  why: "A release is easy to undo in its first hours. The notification names the release.",
};
