import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, lost, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";

const { evicted, info } = redis;
const evictionSamples = (policy: string, ...parts: Part[]) => [
  samples(evicted, parts),
  samples(info, [holds(1, "65m")], { maxmemory_policy: policy }),
];
/** A full Redis evicts some keys for each write. */
const evictions = [holds(1000, "5m"), holds(1001, "10m"), holds(1002, "40m")];

/**
 * An evicted key of the broker may be a task that never runs and that nobody misses, so that one is too many and the
 * alert fires at once. With a `volatile` policy, Redis evicts only keys with an expiry: these are cache entries,
 * because queues have none.
 */
export const redisEvictsTasks = alert({
  name: "RedisEvictsTasks",
  group: "erp-saturation",
  severity: "critical",
  service: "redis",
  team: "erp",
  // Extrapolation by increase() at the edges of the window amounts to less than one key. The window is longer than any time of
  // which a restart of Prometheus has lost the samples, so that no key is missed.
  measure: promql`round(sum(increase(${evicted}[30m])))`,
  above: count(0),
  provided: promql`max(${info}{maxmemory_policy=~"allkeys-.+"}) == 1`,
  summary: "Redis evicts keys that may be tasks: queued work of the ERP may be lost.",
  description: `Redis evicted ${valueText("count", "key")} in the last 30 minutes because its memory is full. Its maxmemory-policy does not protect queues.`,
  scenarios: {
    "one key is evicted, and later another": fires({
      given: evictionSamples("allkeys-lru", ...evictions),
      onset: "4m45s",
      after: "0s",
      by: "15s",
      resolves: { after: "39m45s", by: "40m" },
    }),
    "one key is evicted while Prometheus loses 945 seconds": fires({
      given: evictionSamples("allkeys-lru", holds(1000, "5m"), lost("945s"), holds(1001, "40m")),
      onset: "20m30s",
      after: "0s",
      by: "15s",
    }),
    "only cache entries are evicted": lowTraffic({
      given: evictionSamples("volatile-lru", ...evictions),
    }),
    "Redis restarts and counts from 0": silent({
      given: evictionSamples("allkeys-lru", holds(1000, "5m"), gone("30s"), holds(0, "20m")),
    }),
    "there are no metrics of Redis": absence(
      silent({
        given: evictionSamples("allkeys-lru", gone("30m")),
        because: "RedisDown, RedisUnobserved or ErpTargetsMissing fires",
      }),
    ),
  },
});
