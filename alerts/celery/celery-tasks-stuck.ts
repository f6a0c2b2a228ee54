import { type Alert, alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";
import type { Inventory } from "../../metrics/inventory";

const { queueLength, started, workerUp } = celery;

/**
 * Workers run and tasks wait, but no task starts: all workers hang, or none of them reads that queue. A worker is not
 * stuck while it processes one or two tasks of the longest duration for which Kubernetes would wait before it ends the
 * pod. The alert needs a worker whose events the exporter receives, because without events it counts no starts.
 */
export function celeryTasksStuck({ environment }: Pick<Inventory, "environment">): Alert {
  const { worker } = environment.erp.celery;
  const minutes = Math.max(5, Math.ceil((2 * worker.terminationGracePeriodSeconds) / 60));
  const window = `${minutes}m`;
  // The stories are as long as the window requires.
  const outage = lasting(`${minutes + 25}m`);
  const events = samples(workerUp, [holds(1, `${minutes + 60}m`)]);
  const waits = samples(queueLength, [holds(0, "20m"), holds(3, outage), holds(0, "10m")]);
  const hang = samples(started, [rises(1, "20m"), holds(1200, outage), rises(1, "10m")]);
  // A queue from which no task was ever started has no counter.
  const starts = promql`sum by (queue_name) (increase(${started}[${window}])) or 0 * sum by (queue_name) (${queueLength})`;
  const alwaysSome = promql`min by (queue_name) (min_over_time(${queueLength}[${window}])) > 0`;
  return alert({
    name: "CeleryTasksStuck",
    group: "erp-queues",
    severity: "critical",
    service: "erp-worker",
    team: "erp",
    causedBy: ["celery", "redis", "redis-writes"],
    measure: promql`(${starts}) and on (queue_name) ${alwaysSome} and on () max(${workerUp}) > 0`,
    on: ["queue_name"],
    below: count(1),
    for: "5m",
    summary: "Background tasks are stuck: they wait, and no worker starts them.",
    description: `Tasks wait in the queue {{ $labels.queue_name }}, and workers started ${valueText("count", "of them", "of them")} in ${minutes} minutes.`,
    scenarios: {
      "all threads of all workers hang until a restart": fires({
        given: [events, waits, hang],
        onset: "20m",
        after: lasting(`${minutes - 1}m`),
        by: lasting(`${minutes + 1}m`),
        resolves: { after: lasting(`${minutes + 24}m`), by: lasting(`${minutes + 26}m`) },
      }),
      "tasks wait in a queue that no worker ever read": fires({
        given: [events, samples(queueLength, [holds(0, "5m"), holds(1, outage)], { queue_name: "reports" })],
        onset: "5m",
        after: lasting(`${minutes - 1}m`),
        by: lasting(`${minutes + 1}m`),
      }),
      "long tasks, one started in each window": silent({
        given: [events, waits, samples(started, [rises(1.2 / (60 * minutes), `${minutes + 60}m`)])],
      }),
      "workers process the longest tasks and then continue": blip({
        given: [
          events,
          samples(queueLength, [holds(0, "20m"), holds(1, `${minutes + 3}m`), holds(0, "10m")]),
          samples(started, [rises(1, "20m"), holds(1200, `${minutes + 2}m`), rises(1, "10m")]),
        ],
      }),
      "no task is sent or started": silent({
        given: [events, samples(queueLength, [holds(0, "60m")]), samples(started, [holds(7, "60m")])],
      }),
      "the exporter receives no events": silent({
        given: [samples(workerUp, [holds(1, "20m"), gone("50m")]), waits, hang],
        because: "CeleryExporterDeaf fires",
      }),
      "the exporter is gone": absence(
        silent({
          given: [
            samples(workerUp, [holds(1, "30m"), gone("30m")]),
            samples(queueLength, [holds(3, "30m"), gone("30m")]),
            samples(started, [rises(1, "30m"), gone("30m")]),
          ],
        }),
      ),
    },
  });
}
