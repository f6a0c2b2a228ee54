import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { queueLength, sent, workerUp } = celery;
/**
 * The task that the scheduler (Celery beat) sends every minute, also for its readiness probe:
 * `erp/app/features/health/tasks.py`.
 */
export const heartbeat = { name: "erp.heartbeat" };
const queue = samples(queueLength, [holds(0, "40m")]);
const events = samples(workerUp, [holds(1, "40m")]);
const aMinute = 1 / 60;

/**
 * No scheduled task starts any more. The first one to be missed is the nightly report. An exporter that receives no
 * events would show the same for a working scheduler, so the alert needs a worker that sends events.
 */
export const celeryBeatSilent = alert({
  name: "CeleryBeatSilent",
  group: "erp-queues",
  severity: "warning",
  service: "erp-beat",
  team: "erp",
  causedBy: ["redis", "redis-writes"],
  // An exporter that has received no heartbeat yet has no counter.
  measure: promql`sum(increase(${sent}{name="${heartbeat.name}"}[5m])) or 0 * sum(${queueLength})`,
  below: count(1),
  provided: promql`max(${workerUp}) > 0`,
  for: "3m",
  summary: "Celery beat sends no tasks: scheduled work such as the nightly report does not start.",
  description: `Celery beat sent ${valueText("count", "heartbeat")} in the last five minutes, but should have sent five.`,
  scenarios: {
    "the scheduler stops and is restarted": fires({
      given: [
        queue,
        events,
        samples(sent, [rises(aMinute, "10m"), holds(10, lasting("17m")), rises(aMinute, "10m")], heartbeat),
      ],
      onset: "10m",
      after: lasting("3m30s"),
      by: lasting("4m"),
      resolves: { after: lasting("17m"), by: lasting("19m") },
    }),
    "the scheduler never started": fires({ given: [queue, events], after: lasting("-15s"), by: lasting() }),
    "the scheduler sends one heartbeat in four minutes": silent({
      given: [queue, events, samples(sent, [rises(aMinute, "10m"), rises(aMinute / 4, "30m")], heartbeat)],
    }),
    "the exporter restarts and counts only from the second heartbeat": blip({
      given: [
        samples(queueLength, [gone("1m"), holds(0, "20m")]),
        samples(workerUp, [gone("1m"), holds(1, "20m")]),
        samples(sent, [gone("2m"), holds(1, "1m"), rises(aMinute, "18m")], heartbeat),
      ],
    }),
    "the exporter receives no events": lowTraffic({ given: [queue, samples(sent, [holds(10, "40m")], heartbeat)] }),
    "the exporter is gone": absence(
      silent({
        given: [
          samples(queueLength, [holds(0, "10m"), gone("20m")]),
          samples(workerUp, [holds(1, "10m"), gone("20m")]),
          samples(sent, [rises(aMinute, "10m"), gone("20m")], heartbeat),
        ],
      }),
    ),
  },
});
