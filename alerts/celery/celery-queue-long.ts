import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { type Promql, promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { queueLength, started } = celery;
const startedPerSecond = 2;
/** Queue length at which a task that is sent now waits this long. */
const queueLengthFor = (seconds: number) => seconds * startedPerSecond;

/**
 * Estimated wait of a task that is sent now, for each queue. There is no value where tasks wait and none is started.
 */
export function estimatedWait(window: string): Promql {
  const waiting = promql`sum by (queue_name) (${queueLength})`;
  return promql`${waiting} / (sum by (queue_name) (rate(${started}[${window}])) > 0) or ${waiting} == 0`;
}

/**
 * Users look for a report within minutes after they requested it. The limit is a time and not a number of tasks, so
 * that it fits every queue and every size of environment. If no task is started at all, CeleryTasksStuck pages.
 */
export const celeryQueueLong = alert({
  name: "CeleryQueueLong",
  group: "erp-queues",
  severity: "warning",
  service: "erp-worker",
  team: "erp",
  causedBy: ["celery", "redis", "postgresql"],
  measure: estimatedWait("10m"),
  on: ["queue_name"],
  above: seconds(300),
  for: "10m",
  summary: "Background tasks wait too long before a worker starts them.",
  description: `A task that is sent now to the queue {{ $labels.queue_name }} waits about ${valueText("seconds")}.`,
  scenarios: {
    "the wait is twice the limit": fires({
      given: (limit) => [
        samples(queueLength, [holds(0, "20m"), holds(queueLengthFor(2 * limit), lasting("20m")), holds(0, "10m")]),
        samples(started, [rises(startedPerSecond, "60m")]),
      ],
      onset: "20m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "the wait is a little above the limit": fires({
      given: (limit) => [
        samples(queueLength, [holds(queueLengthFor(1.2 * limit), lasting("30m"))]),
        samples(started, [rises(startedPerSecond, lasting("30m"))]),
      ],
      after: lasting(),
      by: lasting("1m"),
    }),
    "the wait is a little below the limit": silent({
      given: (limit) => [
        samples(queueLength, [holds(queueLengthFor(0.9 * limit), "40m")]),
        samples(started, [rises(startedPerSecond, "40m")]),
      ],
    }),
    "a night's work arrives at once and is done in twelve minutes": blip({
      given: (limit) => [
        samples(queueLength, [
          holds(0, "20m"),
          { for: "12m", value: { from: 10 * limit, perSecond: -limit / 75 } },
          holds(0, "10m"),
        ]),
        samples(started, [rises(0.1, "20m"), rises(5, "12m"), rises(0.1, "10m")]),
      ],
    }),
    "no task waits and none was ever started": silent({ given: [samples(queueLength, [holds(0, "30m")])] }),
    "the exporter is gone": absence(
      silent({
        given: (limit) => [
          samples(queueLength, [holds(queueLengthFor(2 * limit), "5m"), gone("30m")]),
          samples(started, [rises(startedPerSecond, "5m"), gone("30m")]),
        ],
      }),
    ),
  },
});
