import type { SentryAlert } from "../../kit/alerts/sentry-alert";

/** An issue whose events come from many users: no metric of the ERP has a label for the user. */
export function sentryIssueAffectsUsers(usersPerHour: number): SentryAlert {
  return {
    name: "SentryIssueAffectsUsers",
    severity: "warning",
    service: "erp-api",
    team: "erp",
    monitors: "error",
    conditions: [{ event_unique_user_frequency_count: { interval: "1h", value: usersPerHour } }],
    frequencyMinutes: 360,
    summary: `One error affects more than ${usersPerHour} users within an hour.`,
    why: "Alertmanager counts requests. A hundred failures of one client are a different problem from one failure of each of a hundred users.",
  };
}
