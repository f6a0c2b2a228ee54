import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { erpApi } from "../../metrics/erp-api/erp-api-metrics";
import { redis } from "../../metrics/redis/redis-metrics";
import { samplesFromExporter, well } from "./redis-samples";

const { up } = redis;
const { dependencyUp } = erpApi;

const samplesFromErp = (...parts: Part[]) => samples(dependencyUp, parts, { dependency: "redis" });

const away = [holds(1, "5m"), holds(0, lasting("9m30s")), holds(1, "5m")];

/**
 * Two witnesses, because an exporter fails for reasons of its own: its password was changed, or Redis takes no new
 * connection. While the ERP still reaches Redis, nobody is woken.
 */
export const redisDown = alert({
  name: "RedisDown",
  group: "erp-availability",
  severity: "critical",
  service: "redis",
  team: "erp",
  cause: "redis",
  measure: promql`max(${up} or ${dependencyUp}{dependency="redis"})`,
  below: count(1),
  for: "30s",
  summary: "Redis is down: neither its exporter nor the ERP reaches it.",
  description: "Nobody reaches Redis. The ERP is not ready without it, and takes no requests and no tasks.",
  scenarios: {
    "Redis is gone, and PostgreSQL is not": fires({
      given: [
        samplesFromExporter(...away),
        samplesFromErp(...away),
        samples(dependencyUp, [well], { dependency: "postgresql" }),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m15s"), by: lasting("9m30s") },
    }),
    "Redis hangs, so that the exporter is not scraped either": fires({
      given: [
        samplesFromExporter(holds(1, "5m"), gone(lasting("14m30s"))),
        samplesFromErp(holds(1, "5m"), holds(0, lasting("14m30s"))),
      ],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
    }),
    "the exporter's password is wrong": silent({
      given: [samplesFromExporter(...away), samplesFromErp(well)],
      because: "the ERP reaches Redis; RedisUnobserved tells of the exporter",
    }),
    "the ERP alone does not reach it": silent({
      given: [samplesFromExporter(well), samplesFromErp(...away)],
      because: "Redis is up; the ERP's own alerts tell what it lacks",
    }),
    "Redis restarts within 15 seconds": blip({
      given: [
        samplesFromExporter(holds(1, "5m"), holds(0, "15s"), well),
        samplesFromErp(holds(1, "5m"), holds(0, "15s"), well),
      ],
    }),
    "neither is scraped": absence(silent({ given: [], because: "ErpDown and ErpTargetsDown tell it" })),
  },
});
