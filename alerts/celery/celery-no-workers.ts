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
 * The ERP does no background work at all. Two minutes are four scrapes. While workers are replaced, one scrape may be
 * wrong; a single worker that moves to another node is back within two minutes.
 */
export const celeryNoWorkers = alert({
  name: "CeleryNoWorkers",
  group: "erp-availability",
  severity: "critical",
  service: "erp-worker",
  team: "erp",
  cause: "celery",
  causedBy: ["redis", "dns"],
  measure: promql`max(${workers})`,
  below: count(1),
  for: "2m",
  summary: "No Celery worker runs: the ERP creates no invoices and no reports.",
  description: `${valueText("count", "worker of the ERP's queues responds", "workers of the ERP's queues respond")}. Tasks wait until a worker is back.`,
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
      because: "the other worker takes the tasks",
    }),
    "one queue loses its workers": silent({
      given: [samples(workers, [holds(1, "15m")]), samples(workers, [holds(1, "5m"), holds(0, "10m")], reports)],
      because: "CeleryQueueWithoutWorkers fires",
    }),
    "the only worker moves to another node and three scrapes miss it": blip({
      given: [samples(workers, [holds(1, "5m"), holds(0, "1m30s"), holds(1, "5m")])],
    }),
    "the exporter is gone": absence(
      silent({
        given: [samples(workers, [holds(1, "5m"), gone("15m")])],
        because: "ErpTargetsMissing fires",
      }),
    ),
  },
});
