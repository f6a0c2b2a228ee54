import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { celery } from "../../metrics/celery/celery-metrics";

const { workers, workerUp } = celery;
const counted = samples(workers, [holds(1, "30m")]);

/**
 * After an outage of the broker the exporter can go on without its events: queues and workers are right, and every counter
 * of tasks stands still. See docs/decisions/celery-exporter.md.
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
  summary: "The Celery exporter hears nothing of tasks: what is known of them is out of date.",
  description: `The exporter hears ${valueText("count", "worker")}, although some answer when it asks.`,
  scenarios: {
    "deaf since an outage of the broker, until it is restarted": fires({
      given: [counted, samples(workerUp, [holds(1, "5m"), gone(lasting("10m")), holds(1, "10m")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "it gave up its only worker": fires({
      given: [counted, samples(workerUp, [holds(0, lasting("25m"))])],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "one of two workers was killed": silent({
      given: [counted, samples(workerUp, [holds(1, "30m")]), samples(workerUp, [holds(0, "30m")], { hostname: "b" })],
    }),
    "it has just started": blip({ given: [counted, samples(workerUp, [gone("30s"), holds(1, "29m")])] }),
    "no worker is left": lowTraffic({
      given: [samples(workers, [holds(0, "30m")]), samples(workerUp, [holds(0, "30m")])],
    }),
    "the exporter is gone": absence(
      silent({
        given: [samples(workers, [holds(1, "5m"), gone("25m")]), samples(workerUp, [holds(1, "5m"), gone("25m")])],
        because: "ErpTargetsDown tells",
      }),
    ),
  },
});
