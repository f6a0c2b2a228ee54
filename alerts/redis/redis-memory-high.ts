import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";

const { memoryUsed, memoryMax } = redis;

const [memory, half] = [24_000_000, 12_000_000];

const memorySamples = (...parts: Part[]) => [samples(memoryUsed, parts), samples(memoryMax, [holds(memory, "1h")])];

/** When its memory is full, Redis refuses new tasks or evicts keys, which may be tasks. */
export const redisMemoryHigh = alert({
  name: "RedisMemoryHigh",
  group: "erp-saturation",
  severity: "warning",
  service: "redis",
  team: "erp",
  // If `maxmemory` is 0, there is no limit.
  measure: promql`max(${memoryUsed} / (${memoryMax} > 0))`,
  above: ratio(0.85),
  for: "10m",
  summary: "Redis is almost out of memory: tasks of the ERP will soon be refused or lost.",
  description: `Redis uses ${valueText("ratio")} of its maxmemory. At 100% it refuses new tasks or evicts keys.`,
  scenarios: {
    "a queue grows and is processed": fires({
      given: (limit) =>
        memorySamples(holds(half, "5m"), holds(1.1 * limit * memory, lasting("20m")), holds(half, "25m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "just below the limit": silent({ given: (limit) => memorySamples(holds(0.95 * limit * memory, "1h")) }),
    "maxmemory is not set": silent({
      given: [samples(memoryUsed, [holds(100 * memory, "1h")]), samples(memoryMax, [holds(0, "1h")])],
      because: "NodeMemoryHigh watches the node",
    }),
    "an import fills the queue for five minutes": blip({
      given: (limit) => memorySamples(holds(half, "5m"), holds(1.1 * limit * memory, "5m"), holds(half, "50m")),
    }),
    "there are no metrics of Redis": absence(
      silent({ given: memorySamples(gone("1h")), because: "RedisDown, RedisUnobserved or ErpTargetsMissing fires" }),
    ),
  },
});
