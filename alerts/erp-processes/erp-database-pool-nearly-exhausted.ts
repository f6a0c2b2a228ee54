import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpWorker } from "../../metrics/celery/erp-worker-metrics";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";

const { poolConnections, poolMaxConnections } = erpApi;

export const erpDatabasePoolNearlyExhausted = alert({
  name: "ErpDatabasePoolNearlyExhausted",
  group: "erp-saturation",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["postgresql", "postgresql-connections", "postgresql-locks"],
  measure: promql`sum by (namespace, pod) (${poolConnections}{state="checked_out"}) / sum by (namespace, pod) (${poolMaxConnections})`,
  above: ratio(0.8),
  on: ["namespace", "pod"],
  for: "3m",
  summary: "An ERP pod uses nearly all its database connections: its requests will soon wait for a free one.",
  description: `{{ $labels.pod }} uses ${valueText("ratio")} of the connections that its pool may open.`,
  scenarios: {
    "queries become slow": fires({
      given: (limit) => poolSamples(holds(2, "5m"), holds(11 * limit, lasting("7m")), holds(2, "5m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("6m45s"), by: lasting("7m") },
    }),
    "tasks use the connections of a worker": fires({
      given: (limit) => [
        samples(erpWorker.poolConnections, [holds(11 * limit, lasting("7m"))]),
        samples(erpWorker.poolMaxConnections, [holds(10, lasting("7m"))]),
      ],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "one of two pods uses its whole pool": fires({
      given: (limit) => [
        ...poolSamples(holds(11 * limit, lasting("7m"))),
        ...poolSamples(holds(0, lasting("7m"))).map((one) => ({ ...one, labels: { ...one.labels, pod: "erp-api-1" } })),
      ],
      after: lasting("-15s"),
      by: lasting(),
    }),
    "a burst of requests": blip({ given: poolSamples(holds(2, "5m"), holds(10, "2m45s"), holds(2, "5m")) }),
    "at the limit": silent({ given: (limit) => poolSamples(holds(10 * limit, "15m")) }),
    "the pods are gone": absence(silent({ given: poolSamples(holds(2, "5m"), gone("10m")), because: "ErpDown pages" })),
  },
});

/** A pool of 10 connections, of which `checkedOut` are in use. */
function poolSamples(...checkedOut: readonly ReturnType<typeof holds>[]) {
  return [
    samples(poolConnections, checkedOut),
    samples(poolConnections, [holds(2, "30m")], { state: "idle" }),
    samples(poolMaxConnections, [holds(10, "30m")]),
  ];
}
