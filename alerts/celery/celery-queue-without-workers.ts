import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { workers } = celery;
const reports = { queue_name: "reports" };
const otherQueue = samples(workers, [holds(1, "20m")]);

/** The workers are configured without one of the queues. The alert fires even while that queue is still empty. */
export const celeryQueueWithoutWorkers = alert({
  name: "CeleryQueueWithoutWorkers",
  group: "erp-queues",
  severity: "warning",
  service: "erp-worker",
  team: "erp",
  causedBy: ["redis"],
  measure: promql`min by (queue_name) (${workers}) and on () max(${workers}) > 0`,
  on: ["queue_name"],
  below: count(1),
  for: "5m",
  summary: "No worker reads one of the task queues: its tasks never start.",
  description:
    "No worker reads the queue {{ $labels.queue_name }}, although workers run. Its tasks wait until a worker reads it.",
  scenarios: {
    "a release without one queue is rolled out and rolled back": fires({
      given: [otherQueue, samples(workers, [holds(1, "5m"), holds(0, lasting("5m")), holds(1, "5m")], reports)],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("4m45s"), by: lasting("5m") },
    }),
    "one worker reads each queue": silent({ given: [otherQueue, samples(workers, [holds(1, "20m")], reports)] }),
    "two scrapes miss the only worker of a queue": blip({
      given: [otherQueue, samples(workers, [holds(1, "5m"), holds(0, "1m"), holds(1, "10m")], reports)],
    }),
    "no worker is left": silent({
      given: [samples(workers, [holds(0, "20m")]), samples(workers, [holds(0, "20m")], reports)],
      because: "CeleryNoWorkers pages",
    }),
    "the exporter is gone": absence(silent({ given: [samples(workers, [holds(1, "5m"), gone("15m")], reports)] })),
  },
});
