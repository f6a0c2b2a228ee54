import type { CronSchedule } from "./sentry-project";

/** The schedule of beat in the reference ERP, `erp/app/worker.py`, by the names of its entries. */
export const beatSchedule: Readonly<Record<string, CronSchedule>> = {
  heartbeat: { everyMinutes: 1 },
  "missing-invoices": { crontab: "30 * * * *" },
  "old-idempotency-keys": { crontab: "45 * * * *" },
  "due-reports": { everyMinutes: 1 },
};
