import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { erpWorker } from "../../metrics/celery/erp-worker-metrics";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";

const { poolWait } = erpApi;

const taken = promql`sum by (namespace, pool) (rate(${poolWait.count}[2m]))`;

/** A new connection opens within milliseconds, and a wait ends with an error after 3 seconds. */
export const erpDatabaseConnectionsAwaited = alert({
  name: "ErpDatabaseConnectionsAwaited",
  group: "erp-saturation",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["postgresql", "postgresql-connections", "postgresql-locks"],
  measure: promql`1 - sum by (namespace, pool) (rate(${poolWait.bucket}{le="0.5"}[2m])) / ${taken}`,
  above: ratio(0.05),
  provided: promql`${taken} > 0.5`,
  on: ["namespace", "pool"],
  for: "3m",
  summary: "Requests and tasks of the ERP wait for database connections.",
  description: `${valueText("ratio")} of the requests for a connection from the pool {{ $labels.pool }} in {{ $labels.namespace }} wait longer than 0.5 s.`,
  scenarios: {
    "the pool is too small for the load": fires({
      given: (limit) => waitSamples(2, 0, 1.2 * limit, lasting("17m")),
      onset: "5m",
      after: lasting("1m15s"),
      by: lasting("2m"),
      resolves: { after: lasting("17m15s"), by: lasting("17m45s") },
    }),
    "slightly more traffic than the minimum": fires({
      given: (limit) => waitSamples(0.55, 0, 1.2 * limit, "20m"),
      onset: "5m",
      after: lasting("1m15s"),
      by: lasting("2m"),
    }),
    "connections are slow for half a minute": blip({ given: (limit) => waitSamples(2, 0, 10 * limit, "30s") }),
    "only the pool of the workers is too small": fires({
      given: (limit) => [
        ...waitSamples(2, 0, 0, "20m"),
        samples(erpWorker.poolWait.count, [rises(1, lasting("17m"))]),
        samples(erpWorker.poolWait.bucket, [rises(1 - 1.2 * limit, lasting("17m"))], { le: "0.5" }),
      ],
      after: lasting("30s"),
      by: lasting("1m30s"),
    }),
    "just below the limit": silent({ given: (limit) => waitSamples(2, 0.8 * limit, 0.8 * limit, "20m") }),
    "few requests at night": lowTraffic({ given: waitSamples(0.4, 0, 1, "20m") }),
    "there are no requests": absence(silent({ given: waitSamples(0, 0, 0, "20m") })),
  },
});

/**
 * Connections taken per second, and the share of them that had to wait: `before` at first, `share` during `time`, and
 * `before` again.
 */
function waitSamples(perSecond: number, before: number, share: number, time: StoryTime) {
  const [usual, during] = [(1 - before) * perSecond, (1 - share) * perSecond];
  return [
    samples(poolWait.count, [rises(perSecond, "40m")]),
    samples(poolWait.bucket, [rises(perSecond, "40m")]),
    samples(poolWait.bucket, [rises(usual, "5m"), rises(during, time), rises(usual, "15m")], { le: "0.5" }),
  ];
}
