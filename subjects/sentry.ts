import { sentryCronMissed } from "../alerts/sentry/sentry-cron-missed";
import { sentryErrorsAfterRelease } from "../alerts/sentry/sentry-errors-after-release";
import { sentryIssueAffectsUsers } from "../alerts/sentry/sentry-issue-affects-users";
import { sentryIssueFrequent } from "../alerts/sentry/sentry-issue-frequent";
import { sentryIssueReturned } from "../alerts/sentry/sentry-issue-returned";
import { sentryNewIssue } from "../alerts/sentry/sentry-new-issue";
import { sentryPublicRouteDown } from "../alerts/sentry/sentry-public-route-down";
import { sentryProjectOf } from "../settings/sentry-project-of";
import type { Subject } from "./subject";

const defaultLimits = { eventsPerHour: 100, usersPerHour: 20 };

/** The project in Sentry, to which the ERP reports its errors. */
export const sentry: Subject = {
  name: "sentry",
  when: {
    holds: (environment) => sentryProjectOf(environment) !== undefined,
    otherwise: "the environment does not set `erp.sentry.project`",
  },
  sentryAlerts: ({ limits = defaultLimits, uptime }) => [
    sentryNewIssue,
    sentryIssueReturned,
    sentryIssueFrequent(limits.eventsPerHour),
    sentryIssueAffectsUsers(limits.usersPerHour),
    sentryErrorsAfterRelease,
    sentryCronMissed,
    ...(uptime ? [sentryPublicRouteDown] : []),
  ],
};
