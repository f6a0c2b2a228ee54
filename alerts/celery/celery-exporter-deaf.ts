import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { workers, workerUp } = celery;
const workerCount = samples(workers, [holds(1, "30m")]);

/**
 * After an outage of the broker, the exporter may run on without receiving events. Its queue lengths and worker counts
 * are then right, but its task counters no longer change. See docs/decisions/celery-exporter.md.
 */
export const celeryExporterDeaf = alert({
  name: "CeleryExporterDeaf",
  group: "erp-queues",
  severity: "warning",
  service: "celery-exporter",
  team: "erp",
  measure: promql`sum(${workerUp}) or 0 * sum(${workers})`,
  below: count(1),
  provided: promql`max(${workers}) > 0`,
  for: "5m",
  summary: "The Celery exporter receives no events: task counts on dashboards and in alerts are out of date.",
  description: `The exporter receives events from ${valueText("count", "worker")}, although at least one worker responds to it.`,
  scenarios: {
    "the exporter receives no events after an outage of the broker, until it is restarted": fires({
      given: [
        samples(workers, [holds(1, lasting("15m")), gone("30s"), holds(1, "10m30s")]),
        samples(workerUp, [holds(1, "5m"), gone(lasting("11m")), holds(1, "10m")]),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "the exporter marks its only worker as down": fires({
      given: [workerCount, samples(workerUp, [holds(0, lasting("25m"))])],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "one of two workers was killed": silent({
      given: [
        workerCount,
        samples(workerUp, [holds(1, "30m")]),
        samples(workerUp, [holds(0, "30m")], { hostname: "b" }),
      ],
    }),
    "the exporter has just started": blip({ given: [workerCount, samples(workerUp, [gone("30s"), holds(1, "29m")])] }),
    "no worker is left": lowTraffic({
      given: [samples(workers, [holds(0, "30m")]), samples(workerUp, [holds(0, "30m")])],
    }),
    "the exporter is gone": absence(
      silent({
        given: [samples(workers, [holds(1, "5m"), gone("25m")]), samples(workerUp, [holds(1, "5m"), gone("25m")])],
        because: "ErpTargetsMissing fires",
      }),
    ),
  },
});
