import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { redis } from "../../metrics/redis/redis-metrics";
import { samplesFromExporter, staysUp } from "./redis-samples";

const { up } = redis;
const { dependencyUp } = erpApi;

const samplesFromErp = (...parts: Part[]) => samples(dependencyUp, parts, { dependency: "redis" });

const down = [holds(1, "5m"), holds(0, lasting("9m30s")), holds(1, "5m")];

/**
 * Both the exporter and the ERP must fail to reach Redis, because an exporter may fail for its own reasons: its
 * password changed, or Redis accepts no new connection. Nobody is paged while the ERP reaches Redis.
 */
export const redisDown = alert({
  name: "RedisDown",
  group: "erp-availability",
  severity: "critical",
  service: "redis",
  team: "erp",
  cause: "redis",
  causedBy: ["dns"],
  measure: promql`max(${up} or ${dependencyUp}{dependency="redis"})`,
  below: count(1),
  for: "30s",
  summary: "Redis is down: the ERP runs no tasks and sends no order updates.",
  description:
    "Neither the exporter nor the ERP reaches Redis. The ERP accepts orders, and their invoices wait until Redis is back.",
  scenarios: {
    "Redis is down and PostgreSQL is not": fires({
      given: [
        samplesFromExporter(...down),
        samplesFromErp(...down),
        samples(dependencyUp, [staysUp], { dependency: "postgresql" }),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m15s"), by: lasting("9m30s") },
    }),
    "Redis hangs and the exporter cannot be scraped": fires({
      given: [
        samplesFromExporter(holds(1, "5m"), gone(lasting("14m30s"))),
        samplesFromErp(holds(1, "5m"), holds(0, lasting("14m30s"))),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "the exporter's password is wrong": silent({
      given: [samplesFromExporter(...down), samplesFromErp(staysUp)],
      because: "the ERP reaches Redis, and RedisUnobserved fires for the exporter",
    }),
    "only the ERP cannot reach Redis": silent({
      given: [samplesFromExporter(staysUp), samplesFromErp(...down)],
      because: "Redis is up, and ErpDependencyDown fires",
    }),
    "Redis restarts within 15 seconds": blip({
      given: [
        samplesFromExporter(holds(1, "5m"), holds(0, "15s"), staysUp),
        samplesFromErp(holds(1, "5m"), holds(0, "15s"), staysUp),
      ],
    }),
    "neither the exporter nor the ERP is scraped": absence(
      silent({ given: [], because: "ErpDown and ErpTargetsMissing fire" }),
    ),
  },
});
