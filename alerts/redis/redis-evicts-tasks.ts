import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";

const { evicted, info } = redis;
const evictionSamples = (policy: string, ...parts: Part[]) => [
  samples(evicted, parts),
  samples(info, [holds(1, "30m")], { maxmemory_policy: policy }),
];
/** As a full Redis does it: some keys for each write. */
const some = [holds(1000, "5m"), holds(1001, "10m"), holds(1002, "15m")];

/**
 * What the broker forgets is a task that nobody runs and nobody misses: one is too many, so this waits for nothing. With a
 * `volatile` policy only keys with an expiry go. Those are the cache's, for queues have none.
 */
export const redisEvictsTasks = alert({
  name: "RedisEvictsTasks",
  group: "erp-saturation",
  severity: "critical",
  service: "redis",
  team: "erp",
  // What increase() makes up at the edges of its window is less than one key.
  measure: promql`round(sum(increase(${evicted}[5m])))`,
  above: count(0),
  provided: promql`max(${info}{maxmemory_policy=~"allkeys-.+"}) == 1`,
  summary: "Redis throws away keys that may be tasks.",
  description: `Redis' memory is full, and it threw away ${valueText("count", "key")} in five minutes; its policy lets it take queues as well.`,
  scenarios: {
    "one key is thrown away, and later another": fires({
      given: evictionSamples("allkeys-lru", ...some),
      onset: "4m45s",
      after: "0s",
      by: "15s",
      resolves: { after: "14m45s", by: "15m" },
    }),
    "its memory is full, and it makes room from cached answers": lowTraffic({
      given: evictionSamples("volatile-lru", ...some),
    }),
    "Redis starts anew, and counts from 0": silent({
      given: evictionSamples("allkeys-lru", holds(1000, "5m"), holds(0, "20m")),
    }),
    "Redis is not scraped": absence(
      silent({
        given: evictionSamples("allkeys-lru", gone("30m")),
        because: "RedisDown and RedisUnobserved tell it",
      }),
    ),
  },
});
