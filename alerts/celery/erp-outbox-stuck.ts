import { alert } from "../../kit/alerts/alert";
import { seconds } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpWorker } from "../../metrics/celery/erp-worker-metrics";

const { outboxOldestAge } = erpWorker;

/**
 * The broker accepts no task, or no worker sends them. The age grows by itself while a task waits, so that it also shows
 * an outage in which nobody places an order. Every worker exposes the age that it has read; a worker that no longer
 * reads the database shows 0 or an age that grows, and the largest age counts.
 */
export const erpOutboxStuck = alert({
  name: "ErpOutboxStuck",
  group: "erp-queues",
  severity: "critical",
  service: "erp-worker",
  team: "erp",
  causedBy: ["postgresql", "redis", "redis-writes", "dns"],
  measure: promql`max by (namespace) (${outboxOldestAge})`,
  above: seconds(300),
  on: ["namespace"],
  summary: "The ERP's tasks do not reach the broker: orders get no invoices.",
  description: `The oldest task in the outbox of {{ $labels.namespace }} has waited for ${valueText("seconds")}. Normal is less than a second.`,
  scenarios: {
    "tasks wait until the relays are restarted": fires({
      given: (limit) => [
        samples(outboxOldestAge, [holds(0, "5m"), holds(1.1 * limit, "10m"), gone("30s"), holds(0, "10m")]),
      ],
      onset: "4m45s",
      after: "0s",
      by: "15s",
      resolves: { after: "10m", by: "10m15s" },
    }),
    "one of two workers no longer reads the outbox": fires({
      given: (limit) => [
        samples(outboxOldestAge, [holds(0, "20m")]),
        samples(outboxOldestAge, [holds(0, "5m"), holds(1.1 * limit, "15m")], { pod: "erp-worker-1" }),
      ],
      onset: "4m45s",
      after: "0s",
      by: "15s",
    }),
    "tasks wait almost as long as the limit": silent({
      given: (limit) => [samples(outboxOldestAge, [holds(0, "5m"), holds(0.9 * limit, "10m"), holds(0, "5m")])],
    }),
    "Redis restarts and the tasks of a minute wait": silent({
      given: [samples(outboxOldestAge, [holds(0, "5m"), holds(60, "1m"), holds(0, "10m")])],
    }),
    "no worker runs": absence(
      silent({
        given: (limit) => [samples(outboxOldestAge, [holds(0.5 * limit, "5m"), gone("15m")])],
        because: "CeleryNoWorkers pages",
      }),
    ),
  },
});
