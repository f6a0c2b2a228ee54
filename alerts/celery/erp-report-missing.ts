import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpWorker } from "../../metrics/celery/erp-worker-metrics";

const { reportSucceeded } = erpWorker;
const hour = 3600;

const alone = "the age of a report grows by itself";

/**
 * A report that nobody requests is no task that fails: beat or all workers may be down for longer than a night. Workers
 * read the time of the last success from the database, so that a restart changes nothing. One hour is added to
 * a day for the time that the report waits in the queue.
 */
export const erpReportMissing = alert({
  name: "ErpReportMissing",
  group: "erp-queues",
  severity: "warning",
  service: "erp-worker",
  team: "erp",
  causedBy: ["postgresql", "redis", "celery"],
  measure: promql`time() - max by (namespace, report) (${reportSucceeded})`,
  above: seconds(25 * hour),
  on: ["namespace", "report"],
  summary: "A nightly report is missing: it failed or never started.",
  description: `The report {{ $labels.report }} last succeeded ${valueText("seconds")} ago.`,
  scenarios: {
    "beat is down at the scheduled minute and a user requests the report later": fires({
      alone,
      given: (limit) => [
        samples(reportSucceeded, [holds(hour - limit, "3h"), holds(3 * hour, "1h")]),
        samples(reportSucceeded, [holds(3 * hour, "4h")], { namespace: "other" }),
      ],
      onset: "1h",
      after: "0s",
      by: "15s",
      resolves: { after: "1h59m45s", by: "2h" },
    }),
    "one of two reports is missing": fires({
      alone,
      given: (limit) => [
        samples(reportSucceeded, [holds(hour - limit, "3h")]),
        samples(reportSucceeded, [holds(0, "3h")], { report: "weekly" }),
      ],
      onset: "1h",
      after: "0s",
      by: "15s",
    }),
    "the report is half an hour late because of a long queue": silent({
      given: (limit) => [samples(reportSucceeded, [holds(hour - limit, "30m"), holds(hour / 2, "3h")])],
    }),
    "the worker that made the report is replaced": silent({
      given: (limit) => [
        samples(reportSucceeded, [holds(2 * hour - limit, "30m"), gone("1h15m")]),
        samples(reportSucceeded, [gone("31m"), holds(2 * hour - limit, "1h14m")], { pod: "erp-worker-1" }),
      ],
    }),
    "one worker has not yet read the report of another": silent({
      given: (limit) => [
        samples(reportSucceeded, [holds(-3 * limit, "2h")]),
        samples(reportSucceeded, [holds(0, "2h")], { pod: "erp-worker-1" }),
      ],
    }),
    "no worker runs": absence(silent({ given: [], because: "CeleryNoWorkers pages" })),
  },
});
