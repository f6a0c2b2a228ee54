import type { SentryAlert } from "../../kit/alerts/sentry-alert";

/** An issue with many events in an hour, whether it is old or new. */
export function sentryIssueFrequent(eventsPerHour: number): SentryAlert {
  return {
    name: "SentryIssueFrequent",
    severity: "warning",
    service: "erp-api",
    team: "erp",
    monitors: "error",
    conditions: [{ event_frequency_count: { interval: "1h", value: eventsPerHour } }],
    frequencyMinutes: 1440,
    summary: `One error occurs more than ${eventsPerHour} times within an hour.`,
    why: "An error that nobody fixes becomes frequent with the traffic. One notification in a day is a reminder to fix it.",
  };
}
