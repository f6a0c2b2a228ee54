import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { queueLength, sent, workerUp } = celery;
/** The task that the beat sends every minute, also for readiness: `erp/app/features/health/tasks.py`. */
export const heartbeat = { name: "erp.heartbeat" };
const queue = samples(queueLength, [holds(0, "40m")]);
const heard = samples(workerUp, [holds(1, "40m")]);
const aMinute = 1 / 60;

/** Nothing starts by the clock any more; first of all the night's report. A deaf exporter would say the same of a sound beat. */
export const celeryBeatSilent = alert({
  name: "CeleryBeatSilent",
  group: "erp-queues",
  severity: "warning",
  service: "erp-beat",
  team: "erp",
  causedBy: ["redis", "redis-writes"],
  // An exporter that never heard one has no counter.
  measure: promql`sum(increase(${sent}{name="${heartbeat.name}"}[5m])) or 0 * sum(${queueLength})`,
  below: count(1),
  provided: promql`max(${workerUp}) > 0`,
  for: "3m",
  summary: "The beat sends nothing: no task starts by the clock.",
  description: `In the last five minutes, ${valueText("count", "heartbeat was sent", "heartbeats were sent")}. Five were due.`,
  scenarios: {
    "the beat dies, and comes back": fires({
      given: [
        queue,
        heard,
        samples(sent, [rises(aMinute, "10m"), holds(10, lasting("17m")), rises(aMinute, "10m")], heartbeat),
      ],
      onset: "10m",
      after: lasting("3m30s"),
      by: lasting("4m"),
      resolves: { after: lasting("17m"), by: lasting("19m") },
    }),
    "there never was a beat": fires({ given: [queue, heard], after: lasting("-15s"), by: lasting() }),
    "one heartbeat in four minutes": silent({
      given: [queue, heard, samples(sent, [rises(aMinute, "10m"), rises(aMinute / 4, "30m")], heartbeat)],
    }),
    "the exporter starts anew, and knows a heartbeat when it has heard two": blip({
      given: [
        samples(queueLength, [gone("1m"), holds(0, "20m")]),
        samples(workerUp, [gone("1m"), holds(1, "20m")]),
        samples(sent, [gone("2m"), holds(1, "1m"), rises(aMinute, "18m")], heartbeat),
      ],
    }),
    "the exporter hears nothing": lowTraffic({ given: [queue, samples(sent, [holds(10, "40m")], heartbeat)] }),
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
