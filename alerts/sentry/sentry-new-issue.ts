import type { SentryAlert } from "../../kit/alerts/sentry-alert";

/** The first event of an issue: an error that the project has never had. */
export const sentryNewIssue: SentryAlert = {
  name: "SentryNewIssue",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  monitors: "error",
  triggers: ["first_seen_event"],
  frequencyMinutes: 60,
  summary: "The ERP reports an error that it has never reported before.",
  why: "An error that is new usually came with the last change, whose author still remembers it.",
};
