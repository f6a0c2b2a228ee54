import { alert } from "../../kit/alerts/alert";
import { ratio } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";

const { clients, maxClients } = redis;

const [allowed, few] = [10_000, 100];

const clientSamples = (...parts: Part[]) => [samples(clients, parts), samples(maxClients, [holds(allowed, "1h")])];

/**
 * At the limit Redis accepts no new client, the exporter included, so that the metrics may disappear. The alert must
 * therefore fire before.
 */
export const redisClientsNearLimit = alert({
  name: "RedisClientsNearLimit",
  group: "erp-saturation",
  severity: "warning",
  service: "redis",
  team: "erp",
  measure: promql`max(${clients} / ${maxClients})`,
  above: ratio(0.8),
  for: "5m",
  summary: "Redis is close to its client limit: it will soon refuse connections from the ERP.",
  description: `Clients use ${valueText("ratio")} of the connections that maxclients allows in Redis. At 100% it refuses new connections.`,
  scenarios: {
    "connections leak until the pods are restarted": fires({
      given: (limit) =>
        clientSamples(holds(few, "5m"), holds(1.1 * limit * allowed, lasting("25m")), holds(few, "25m")),
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("24m45s"), by: lasting("25m") },
    }),
    "just below the limit": silent({ given: (limit) => clientSamples(holds(0.9 * limit * allowed, "1h")) }),
    "a rollout doubles the pods for three minutes": blip({
      given: (limit) => clientSamples(holds(few, "5m"), holds(1.1 * limit * allowed, "3m"), holds(few, "50m")),
    }),
    "there are no metrics of Redis": absence(
      silent({ given: clientSamples(gone("1h")), because: "RedisDown, RedisUnobserved or ErpTargetsMissing fires" }),
    ),
  },
});
