import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { retried, started } = celery;
/** One run each second, of which this share is retried. */
const retrySamples = (share: number) => [samples(retried, [rises(share, "30m")]), samples(started, [rises(1, "30m")])];

/**
 * Workers spend their time on tasks that cannot succeed now. No task has failed for good yet, but the tasks behind them
 * wait.
 */
export const celeryRetryStorm = alert({
  name: "CeleryRetryStorm",
  group: "erp-queues",
  severity: "warning",
  service: "erp-worker",
  team: "erp",
  causedBy: ["postgresql", "redis"],
  measure: promql`sum by (name) (rate(${retried}[10m])) / clamp_min(sum by (name) (rate(${started}[10m])), 1e-9)`,
  above: ratio(0.5),
  provided: promql`sum by (name) (increase(${retried}[10m])) >= 20`,
  on: ["name"],
  summary: "Most runs of one task type fail and are retried.",
  description: `${valueText("ratio")} of the runs of {{ $labels.name }} in the last 10 minutes failed and are retried.`,
  scenarios: {
    "a service that the task needs is down for twenty minutes": fires({
      given: [
        samples(retried, [holds(0, "20m"), rises(0.8, "20m"), holds(960, "20m")]),
        samples(started, [rises(1, "60m")]),
      ],
      onset: "20m",
      after: "5m",
      by: "7m",
      resolves: { after: "23m", by: "24m" },
    }),
    "a little above the limit": fires({ given: (limit) => retrySamples(1.2 * limit), after: "30s", by: "3m" }),
    "a little below the limit": silent({ given: (limit) => retrySamples(0.9 * limit) }),
    "24 retries in ten minutes among few other runs": fires({
      given: [
        samples(retried, [holds(0, "20m"), rises(24 / 600, "20m")]),
        samples(started, [holds(0, "20m"), rises(30 / 600, "20m")]),
      ],
      onset: "20m",
      after: "7m",
      by: "10m",
    }),
    "the database is down for a minute, twice": blip({
      given: [
        samples(retried, [holds(0, "20m"), rises(0.2, "1m"), holds(12, "11m"), rises(0.2, "1m"), holds(24, "20m")]),
        samples(started, [
          rises(0.01, "20m"),
          rises(0.21, "1m"),
          rises(0.01, "11m"),
          rises(0.21, "1m"),
          rises(0.01, "20m"),
        ]),
      ],
    }),
    "the nightly report is retried five times": lowTraffic({
      given: [
        samples(retried, [holds(0, "20m"), rises(5 / 60, "1m"), holds(5, "20m")]),
        samples(started, [holds(1, "20m"), rises(6 / 60, "1m"), holds(7, "20m")]),
      ],
    }),
    "no task ever ran": absence(silent({ given: [samples(retried, [gone("30m")])] })),
  },
});
