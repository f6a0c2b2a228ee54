import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { holds, isGone, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { erpWorker } from "../../metrics/celery/erp-worker-metrics";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";

const { poolConnections, poolMaxConnections, poolWait } = erpApi;

const full = ratio(0.8);
const slow = ratio(0.05);

export const erpDatabasePoolNearlyExhausted = alert({
  name: "ErpDatabasePoolNearlyExhausted",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["postgresql", "postgresql-connections", "postgresql-locks"],
  measure: promql`sum by (namespace, pod) (${poolConnections}{state="checked_out"}) / sum by (namespace, pod) (${poolMaxConnections})`,
  above: full,
  for: "3m",
  summary: "A pod of the ERP has nearly all its database connections in use; soon its work has to wait for them.",
  description: "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of the connections that its pool may open.",
  scenarios: {
    "queries become slow": fires({
      given: pool(holds(2, "5m"), holds(11 * full.value, "10m"), holds(2, "5m")),
      onset: "5m",
      after: "2m45s",
      by: "3m",
      resolves: { after: "9m45s", by: "10m" },
    }),
    "tasks hold the connections of a worker": fires({
      given: [
        samples(erpWorker.poolConnections, [holds(11 * full.value, "10m")]),
        samples(erpWorker.poolMaxConnections, [holds(10, "10m")]),
      ],
      after: "2m45s",
      by: "3m",
    }),
    "one of two pods": fires({
      given: [
        ...pool(holds(11 * full.value, "10m")),
        ...pool(holds(0, "10m")).map((one) => ({ ...one, labels: { ...one.labels, pod: "erp-api-1" } })),
      ],
      after: "2m45s",
      by: "3m",
    }),
    "a burst of requests": blip({ given: pool(holds(2, "5m"), holds(10, "2m45s"), holds(2, "5m")) }),
    "at the limit": silent({ given: pool(holds(10 * full.value, "15m")) }),
    "the pods are gone": absence(silent({ given: pool(holds(2, "5m"), isGone("10m")), because: "ErpDown pages" })),
  },
});

const taken = promql`sum by (namespace, pool) (rate(${poolWait.count}[2m]))`;

/** Connections are opened in some milliseconds, and waits end in an error after 3 seconds. */
export const erpDatabaseConnectionsAwaited = alert({
  name: "ErpDatabaseConnectionsAwaited",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["postgresql", "postgresql-connections", "postgresql-locks"],
  measure: promql`1 - sum by (namespace, pool) (rate(${poolWait.bucket}{le="0.5"}[2m])) / ${taken}`,
  above: slow,
  provided: promql`${taken} > 0.5`,
  on: ["namespace", "pool"],
  for: "3m",
  summary: "The ERP waits for database connections.",
  description:
    "Of all requests to the pool {{ $labels.pool }} for a connection, {{ $value | humanizePercentage }} wait longer than 0.5 s.",
  scenarios: {
    "the pool is too small for what is asked": fires({
      given: waits(2, 0, 1.2 * slow.value, "20m"),
      onset: "5m",
      after: "4m15s",
      by: "5m",
      resolves: { after: "20m15s", by: "20m45s" },
    }),
    "a slow half minute": blip({ given: waits(2, 0, 10 * slow.value, "30s") }),
    "the workers' pool is too small, and the API's is not": fires({
      given: [
        ...waits(2, 0, 0, "20m"),
        samples(erpWorker.poolWait.count, [rises(1, "20m")]),
        samples(erpWorker.poolWait.bucket, [rises(1 - 1.2 * slow.value, "20m")], { le: "0.5" }),
      ],
      after: "3m30s",
      by: "4m30s",
    }),
    "just under the limit": silent({ given: waits(2, 0.8 * slow.value, 0.8 * slow.value, "20m") }),
    "a single request in a quiet night": lowTraffic({ given: waits(0.4, 0, 1, "20m") }),
    "nobody asks": absence(silent({ given: waits(0, 0, 0, "20m") })),
  },
});

/** A pool of 10, of which as many as said are in use. */
function pool(...checkedOut: readonly ReturnType<typeof holds>[]) {
  return [
    samples(poolConnections, checkedOut),
    samples(poolConnections, [holds(2, "30m")], { state: "idle" }),
    samples(poolMaxConnections, [holds(10, "30m")]),
  ];
}

/** Connections taken per second, and the share of them that was waited for: at first, for a time, and as at first again. */
function waits(perSecond: number, before: number, share: number, time: string) {
  const [usual, during] = [(1 - before) * perSecond, (1 - share) * perSecond];
  return [
    samples(poolWait.count, [rises(perSecond, "40m")]),
    samples(poolWait.bucket, [rises(perSecond, "40m")]),
    samples(poolWait.bucket, [rises(usual, "5m"), rises(during, time), rises(usual, "15m")], { le: "0.5" }),
  ];
}
