import { alert } from "../../kit/alerts/alert";
import { perSecond } from "../../kit/alerts/limit";
import { holds, type Part, rises, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";

const { up, errors } = redis;

/**
 * Prefixes of the errors with which Redis refuses writes: its memory is full, its snapshots fail, it is a replica, or
 * its replicas are gone.
 */
const refusals = "OOM|MISCONF|READONLY|NOREPLICAS";

const errorSamples = (...parts: Part[]) => [samples(errors, parts), samples(up, [holds(1, "30m")])];

export const redisRefusesWrites = alert({
  name: "RedisRefusesWrites",
  group: "erp-availability",
  severity: "critical",
  service: "redis",
  team: "erp",
  cause: "redis-writes",
  measure: promql`sum(rate(${errors}{err=~"${refusals}"}[2m])) or 0 * max(${up})`,
  above: perSecond(0.01),
  for: "2m",
  summary: "Redis refuses writes: the ERP cannot queue tasks.",
  description: `Redis answers ${valueText("perSecond", "write")} with an error. The ERP accepts orders, and their invoices wait until Redis accepts writes.`,
  scenarios: {
    "the memory of Redis is full": fires({
      given: (limit) => errorSamples(holds(0, "5m"), rises(1.2 * limit, lasting("8m")), rises(0, "15m")),
      onset: "5m",
      after: lasting("1m15s"),
      by: lasting("2m"),
      resolves: { after: lasting("8m"), by: lasting("9m") },
    }),
    "a little below the limit": silent({ given: (limit) => errorSamples(rises(0.9 * limit, "30m")) }),
    "other errors of clients": silent({
      given: [samples(errors, [rises(10, "30m")], { err: "NOSCRIPT" }), samples(up, [holds(1, "30m")])],
      because: "such errors are normal",
    }),
    "a replica takes over within half a minute": blip({
      given: errorSamples(holds(0, "5m"), rises(5, "30s"), rises(0, "10m")),
    }),
    "there was never an error": silent({ given: [samples(up, [holds(1, "30m")])] }),
    "there are no metrics of Redis": absence(
      silent({ given: [], because: "RedisDown, RedisUnobserved or ErpTargetsMissing fires" }),
    ),
  },
});
