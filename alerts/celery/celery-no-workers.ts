import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { workers } = celery;
const reports = { queue_name: "reports" };

/**
 * Nothing that the ERP does in the background happens any more. Two minutes are four scrapes, of which one is wrong while
 * workers come and go; a lone worker that moves to another node is back by then.
 */
export const celeryNoWorkers = alert({
  name: "CeleryNoWorkers",
  group: "erp-availability",
  severity: "critical",
  service: "erp-worker",
  team: "erp",
  cause: "celery",
  causedBy: ["redis"],
  measure: promql`max(${workers})`,
  below: count(1),
  for: "2m",
  summary: "No worker takes tasks: the ERP writes no invoice and no report.",
  description: `${valueText("count", "worker answers", "workers answer")} on the ERP's queues. Tasks are kept in the broker until one does.`,
  scenarios: {
    "the last worker is killed": fires({
      given: [
        samples(workers, [holds(1, "5m"), holds(0, lasting("8m")), holds(1, "5m")]),
        samples(workers, [holds(1, "5m"), holds(0, lasting("8m")), holds(1, "5m")], reports),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("7m45s"), by: lasting("8m") },
    }),
    "one of two workers is killed": silent({
      given: [samples(workers, [holds(2, "5m"), holds(1, "10m")])],
      because: "the other one works on",
    }),
    "one queue loses its workers": silent({
      given: [samples(workers, [holds(1, "15m")]), samples(workers, [holds(1, "5m"), holds(0, "10m")], reports)],
      because: "CeleryQueueWithoutWorkers tells",
    }),
    "the only worker moves to another node, and three scrapes miss it": blip({
      given: [samples(workers, [holds(1, "5m"), holds(0, "1m30s"), holds(1, "5m")])],
    }),
    "the exporter is gone": absence(
      silent({
        given: [samples(workers, [holds(1, "5m"), gone("15m")])],
        because: "ErpTargetsDown tells",
      }),
    ),
  },
});
