import type { SentryAlert } from "../../kit/alerts/sentry-alert";

/** Monitors of crons open an issue when a run is missed, fails or does not end, and close it with the next good run. */
export const sentryCronMissed: SentryAlert = {
  name: "SentryCronMissed",
  severity: "warning",
  service: "erp-beat",
  team: "erp",
  monitors: "cron",
  triggers: ["first_seen_event", "reappeared_event", "regression_event"],
  frequencyMinutes: 60,
  summary: "An entry of beat's schedule did not run, failed, or did not end.",
  why: "`CeleryBeatSilent` only watches the heartbeat. Sentry watches each entry of the schedule by itself.",
};
