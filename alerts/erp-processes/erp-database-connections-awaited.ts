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

/** Connections are opened in some milliseconds, and waits end in an error after 3 seconds. */
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
  summary: "The ERP waits for database connections.",
  description: `Of all requests to the pool {{ $labels.pool }} for a connection, ${valueText("ratio")} wait longer than 0.5 s.`,
  scenarios: {
    "the pool is too small for what is asked": fires({
      given: (limit) => waitSamples(2, 0, 1.2 * limit, lasting("17m")),
      onset: "5m",
      after: lasting("1m15s"),
      by: lasting("2m"),
      resolves: { after: lasting("17m15s"), by: lasting("17m45s") },
    }),
    "hardly more is asked than by a single request": fires({
      given: (limit) => waitSamples(0.55, 0, 1.2 * limit, "20m"),
      onset: "5m",
      after: lasting("1m15s"),
      by: lasting("2m"),
    }),
    "a slow half minute": blip({ given: (limit) => waitSamples(2, 0, 10 * limit, "30s") }),
    "the workers' pool is too small, and the API's is not": fires({
      given: (limit) => [
        ...waitSamples(2, 0, 0, "20m"),
        samples(erpWorker.poolWait.count, [rises(1, lasting("17m"))]),
        samples(erpWorker.poolWait.bucket, [rises(1 - 1.2 * limit, lasting("17m"))], { le: "0.5" }),
      ],
      after: lasting("30s"),
      by: lasting("1m30s"),
    }),
    "just under the limit": silent({ given: (limit) => waitSamples(2, 0.8 * limit, 0.8 * limit, "20m") }),
    "a single request in a quiet night": lowTraffic({ given: waitSamples(0.4, 0, 1, "20m") }),
    "nobody asks": absence(silent({ given: waitSamples(0, 0, 0, "20m") })),
  },
});

/** Connections taken per second, and the share of them that was waited for: at first, for a time, and as at first again. */
function waitSamples(perSecond: number, before: number, share: number, time: StoryTime) {
  const [usual, during] = [(1 - before) * perSecond, (1 - share) * perSecond];
  return [
    samples(poolWait.count, [rises(perSecond, "40m")]),
    samples(poolWait.bucket, [rises(perSecond, "40m")]),
    samples(poolWait.bucket, [rises(usual, "5m"), rises(during, time), rises(usual, "15m")], { le: "0.5" }),
  ];
}
