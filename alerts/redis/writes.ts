import { alert } from "../../kit/alerts/alert";
import { count, perSecond } from "../../kit/alerts/limit";
import { holds, isGone, type Part, rises, samples } from "../../kit/alerts/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/scenario";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";

const { up, errors, snapshotSucceeded, appendSucceeded } = redis;

/**
 * First words of the errors with which Redis takes nothing new: its memory is full, its snapshots fail, it became a replica,
 * its replicas are gone.
 */
const refusals = "OOM|MISCONF|READONLY|NOREPLICAS";
const limit = perSecond(0.01);
const refused = (...parts: Part[]) => [samples(errors, parts), samples(up, [holds(1, "30m")])];

export const redisRefusesWrites = alert({
  name: "RedisRefusesWrites",
  severity: "critical",
  service: "redis",
  team: "erp",
  cause: "redis-writes",
  measure: promql`sum(rate(${errors}{err=~"${refusals}"}[2m])) or 0 * max(${up})`,
  above: limit,
  for: "2m",
  summary: "Redis refuses writes: no task can be queued.",
  description:
    "Redis answers {{ $value | humanize }} writes per second with an error. What the ERP would hand to its workers stays undone.",
  scenarios: {
    "its memory is full": fires({
      given: refused(holds(0, "5m"), rises(1.2 * limit.value, "10m"), rises(0, "15m")),
      onset: "5m",
      after: "3m15s",
      by: "4m",
      resolves: { after: "10m", by: "11m" },
    }),
    "as many as the limit allows": silent({ given: refused(rises(0.9 * limit.value, "30m")) }),
    "other errors": silent({
      given: [samples(errors, [rises(10, "30m")], { err: "NOSCRIPT" }), samples(up, [holds(1, "30m")])],
      because: "clients meet them every day",
    }),
    "a replica takes over within half a minute": blip({
      given: refused(holds(0, "5m"), rises(5, "30s"), rises(0, "10m")),
    }),
    "there was never an error": silent({ given: [samples(up, [holds(1, "30m")])] }),
    "Redis is not scraped": absence(silent({ given: [], because: "RedisDown and ErpTargetsDown tell it" })),
  },
});

const saved = (snapshot: Part[], append: Part[]) => [
  samples(snapshotSucceeded, snapshot),
  samples(appendSucceeded, append),
];
const failing = [holds(1, "5m"), holds(0, "30m"), holds(1, "5m")];
const well = [holds(1, "40m")];

/** The queues live in memory: without a snapshot a restart loses the tasks that wait. By default writes stop as well. */
export const redisPersistenceFails = alert({
  name: "RedisPersistenceFails",
  severity: "warning",
  service: "redis",
  team: "erp",
  measure: promql`min(${snapshotSucceeded} * ${appendSucceeded})`,
  below: count(1),
  for: "10m",
  summary: "Redis cannot write its data to disk: a restart would lose the tasks that wait.",
  description: "The last snapshot of Redis, or the last write to its append-only file, failed.",
  scenarios: {
    "a snapshot fails": fires({
      given: saved(failing, well),
      onset: "5m",
      after: "9m45s",
      by: "10m",
      resolves: { after: "29m45s", by: "30m" },
    }),
    "the append-only file cannot be written": fires({
      given: saved(well, failing),
      onset: "5m",
      after: "9m45s",
      by: "10m",
    }),
    "one snapshot fails and the next one succeeds": blip({
      given: saved([holds(1, "5m"), holds(0, "5m"), holds(1, "30m")], well),
    }),
    "Redis is not scraped": absence(
      silent({ given: saved([isGone("40m")], [isGone("40m")]), because: "RedisDown and RedisUnobserved tell it" }),
    ),
  },
});
