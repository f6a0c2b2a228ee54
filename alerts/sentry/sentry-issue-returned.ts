import type { SentryAlert } from "../../kit/alerts/sentry-alert";

/** An event of an issue that somebody has marked as resolved. */
export const sentryIssueReturned: SentryAlert = {
  name: "SentryIssueReturned",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  monitors: "error",
  triggers: ["regression_event"],
  frequencyMinutes: 60,
  summary: "An error occurs again, although it was marked as resolved.",
  why: "The fix did not work, or a later change has removed it. The issue contains the earlier analysis.",
};
