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

/** Whatever Redis does when its memory is full, it is bad: it refuses tasks, or it forgets some. */
export const redisMemoryHigh = alert({
  name: "RedisMemoryHigh",
  group: "erp-saturation",
  severity: "warning",
  service: "redis",
  team: "erp",
  // Where `maxmemory` is 0 there is no limit to come near to.
  measure: promql`max(${memoryUsed} / (${memoryMax} > 0))`,
  above: ratio(0.85),
  for: "10m",
  summary: "Redis' memory is almost full.",
  description: `Redis uses ${valueText("ratio")} of its maxmemory. At 100% it refuses new tasks, or throws keys away.`,
  scenarios: {
    "a queue grows, and is worked off": fires({
      given: (limit) =>
        memorySamples(holds(half, "5m"), holds(1.1 * limit * memory, lasting("20m")), holds(half, "25m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("19m45s"), by: lasting("20m") },
    }),
    "just under the limit": silent({ given: (limit) => memorySamples(holds(0.95 * limit * memory, "1h")) }),
    "there is no limit": silent({
      given: [samples(memoryUsed, [holds(100 * memory, "1h")]), samples(memoryMax, [holds(0, "1h")])],
      because: "that its node has enough is the node's own alert",
    }),
    "an import fills the queue for five minutes": blip({
      given: (limit) => memorySamples(holds(half, "5m"), holds(1.1 * limit * memory, "5m"), holds(half, "50m")),
    }),
    "Redis is not scraped": absence(
      silent({ given: memorySamples(gone("1h")), because: "RedisDown and RedisUnobserved tell it" }),
    ),
  },
});
