import type { Rule } from "../rule";

/** Sentry profiles a share of the traces, so that it profiles nothing without traces. */
export const sampling: readonly Rule[] = [
  {
    at: "erp.sentry.profilesSampleRate",
    reads: ["erp.sentry.tracesSampleRate"],
    broken: ({ erp: { sentry } }) =>
      sentry.mode !== "off" && sentry.profilesSampleRate > 0 && sentry.tracesSampleRate === 0,
    rule: "must be 0 while `tracesSampleRate` is 0: only traced transactions are profiled",
    remedy: "use 0, or raise `tracesSampleRate`",
  },
];
