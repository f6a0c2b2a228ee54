import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { failed, succeeded } = celery;
const failures = promql`sum by (name) (rate(${failed}[15m]))`;
const successes = promql`sum by (name) (rate(${succeeded}[15m]))`;
/** One task each second, of which this share fails. */
const taskSamples = (share: number, time: string) => [
  samples(failed, [rises(share, time)]),
  samples(succeeded, [rises(1 - share, time)]),
];
const nightly = { name: "erp.reports.nightly_report", queue_name: "reports" };

/**
 * Sentry shows each exception; this alert fires when failures are frequent. A task that is retried counts once, when it
 * has failed for good.
 */
export const celeryTasksFailing = alert({
  name: "CeleryTasksFailing",
  group: "erp-queues",
  severity: "warning",
  service: "erp-worker",
  team: "erp",
  causedBy: ["postgresql", "redis"],
  // Without runs the ratio is 0 instead of NaN.
  measure: promql`${failures} / clamp_min(${failures} + ${successes}, 1e-9)`,
  above: ratio(0.1),
  provided: promql`sum by (name) (increase(${failed}[15m])) >= 5`,
  on: ["name"],
  summary: "Too many tasks of one type fail.",
  description: `${valueText("ratio")} of the runs of {{ $labels.name }} failed in the last 15 minutes.`,
  scenarios: {
    "all tasks fail after a release until it is rolled back": fires({
      given: [
        samples(failed, [holds(0, "20m"), rises(1, "10m"), holds(600, "30m")]),
        samples(succeeded, [rises(1, "20m"), holds(1200, "10m"), rises(1, "30m")]),
      ],
      onset: "20m",
      after: "1m",
      by: "2m",
      resolves: { after: "23m", by: "24m" },
    }),
    "a little above the limit": fires({
      given: (limit) => taskSamples(1.2 * limit, "30m"),
      after: "30s",
      by: "5m",
    }),
    "a little below the limit": silent({ given: (limit) => taskSamples(0.9 * limit, "30m") }),
    "seven of forty tasks fail": fires({
      given: [
        samples(failed, [holds(0, "20m"), rises(7 / 600, "10m"), holds(7, "20m")]),
        samples(succeeded, [holds(0, "20m"), rises(33 / 600, "10m"), holds(33, "20m")]),
      ],
      onset: "20m",
      after: "6m",
      by: "10m",
    }),
    "four of twenty tasks fail within a minute, twice": blip({
      given: [
        samples(failed, [holds(0, "20m"), rises(4 / 60, "1m"), holds(4, "18m"), rises(4 / 60, "1m"), holds(8, "20m")]),
        samples(succeeded, [rises(1 / 60, "60m")]),
      ],
    }),
    "the nightly report fails, and three manual retries too": lowTraffic({
      given: [
        samples(failed, [holds(0, "20m"), rises(4 / 600, "10m"), holds(4, "20m")], nightly),
        samples(succeeded, [holds(1, "50m")], nightly),
      ],
    }),
    "no task ever ran": absence(silent({ given: [samples(failed, [gone("30m")])] })),
  },
});
