import type { SentryAlert } from "../../kit/alerts/sentry-alert";

/** Monitors of uptime request the public health route from outside the cluster. */
export const sentryPublicRouteDown: SentryAlert = {
  name: "SentryPublicRouteDown",
  severity: "warning",
  service: "erp-api",
  team: "erp",
  monitors: "uptime",
  triggers: ["first_seen_event", "reappeared_event", "regression_event"],
  frequencyMinutes: 60,
  summary: "Sentry cannot reach the public health route of the ERP from outside the cluster.",
  why: "`ErpPublicEndpointDown` pages, but its probe runs inside the cluster: it does not use the path through the internet.",
};
