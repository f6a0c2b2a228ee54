import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, rises, type Samples, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { boundary } from "../../kit/metrics/metric";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { bucket, count: ended, bounds } = celery.runtime;
/** A bound of the histogram, at which the quantile is exact. Above the last bound, 10 s, all runs look the same. */
const limit = seconds(5);

/** Runs during a period: their rate, and a duration that none of them exceeds. */
interface Runs {
  readonly for: StoryTime;
  readonly perSecond: number;
  readonly bound: number;
}

function runSamples(...parts: readonly Runs[]): Samples[] {
  const total = samples(
    ended,
    parts.map((part) => rises(part.perSecond, part.for)),
  );
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound) => {
    const within = parts.map((part) => rises(bound >= part.bound ? part.perSecond : 0, part.for));
    return samples(bucket, within, { le: Number.isFinite(bound) ? boundary(bound) : "+Inf" });
  });
  return [total, ...buckets];
}

const fastRuns = { perSecond: 1, bound: 0.1 };
const slowRuns = (limit: number) => ({ perSecond: 1, bound: bounds.find((bound) => bound > limit) ?? 0 });

/**
 * Frequent tasks normally take well under a second. A few long runs are no problem. When runs become very slow, few of them
 * end, so an hour with enough runs is enough too.
 */
export const celeryTasksSlow = alert({
  name: "CeleryTasksSlow",
  group: "erp-queues",
  severity: "warning",
  service: "erp-worker",
  team: "erp",
  causedBy: ["postgresql", "redis"],
  measure: promql`histogram_quantile(0.95, sum by (le, name) (rate(${bucket}[5m])))`,
  above: limit,
  provided: promql`sum by (name) (increase(${ended}[5m])) >= 20 or sum by (name) (increase(${ended}[1h])) >= 240`,
  on: ["name"],
  for: "10m",
  summary: "Background tasks of one type take too long.",
  description: `5% of the runs of {{ $labels.name }} take longer than ${valueText("seconds")}.`,
  scenarios: {
    "a service that every run needs is slow for half an hour": fires({
      given: (limit) =>
        runSamples(
          { ...fastRuns, for: "20m" },
          { ...slowRuns(limit), for: lasting("20m") },
          { ...fastRuns, for: "20m" },
        ),
      onset: "20m",
      after: lasting(),
      by: lasting("1m"),
      resolves: { after: lasting("24m"), by: lasting("25m") },
    }),
    "runs take nearly as long as the limit": silent({
      given: (limit) => runSamples({ perSecond: 1, bound: limit, for: "40m" }),
    }),
    "runs are slow for a minute": blip({
      given: (limit) =>
        runSamples({ ...fastRuns, for: "20m" }, { ...slowRuns(limit), for: "1m" }, { ...fastRuns, for: "20m" }),
    }),
    "thirty slow runs in five minutes": fires({
      given: (limit) => runSamples({ ...slowRuns(limit), perSecond: 30 / 300, for: lasting("30m") }),
      after: lasting(),
      by: lasting("5m"),
    }),
    "runs become so slow that few of them end": fires({
      given: (limit) =>
        runSamples({ ...fastRuns, for: "1h" }, { ...slowRuns(limit), perSecond: 0.02, for: lasting("40m") }),
      onset: "1h",
      after: lasting("3m"),
      by: lasting("6m"),
    }),
    "twenty runs per five minutes of an hour": fires({
      given: (limit) =>
        runSamples(
          { ...fastRuns, perSecond: 250 / 3600, for: "1h" },
          { ...slowRuns(limit), perSecond: 0.06, for: lasting("10m") },
        ),
      onset: "1h",
      after: lasting("-2m"),
      by: lasting("6m"),
    }),
    "long reports, two hours after many short runs": silent({
      given: (limit) =>
        runSamples(
          { ...fastRuns, for: "30m" },
          { ...fastRuns, perSecond: 0, for: "2h" },
          { ...slowRuns(limit), perSecond: 0.02, for: "40m" },
        ),
    }),
    "fifteen long reports in five minutes": lowTraffic({
      given: (limit) => runSamples({ ...slowRuns(limit), perSecond: 15 / 300, for: "60m" }),
    }),
    "no task ever ran": absence(silent({ given: [samples(ended, [gone("30m")])] })),
  },
});
