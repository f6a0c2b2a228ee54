import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { redis } from "../../metrics/redis/redis-metrics";
import { samplesFromExporter, staysUp } from "./redis-samples";

const { up } = redis;

/** If the exporter does not reach Redis, no other alert about Redis has data. */
export const redisUnobserved = alert({
  name: "RedisUnobserved",
  group: "erp-availability",
  severity: "warning",
  service: "redis",
  team: "erp",
  causedBy: ["redis", "dns"],
  measure: promql`max(${up})`,
  below: count(1),
  for: "10m",
  summary: "The exporter cannot reach Redis: problems of Redis go unnoticed.",
  description:
    "The Redis exporter answers Prometheus but cannot query Redis. Possible causes are a wrong password, a network policy, or no free connection.",
  scenarios: {
    "the exporter's password is wrong": fires({
      given: [samplesFromExporter(holds(1, "5m"), holds(0, lasting("10m")), holds(1, "5m"))],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: { after: lasting("9m45s"), by: lasting("10m") },
    }),
    "Redis fails over for three minutes": blip({
      given: [samplesFromExporter(holds(1, "5m"), holds(0, "3m"), staysUp)],
    }),
    "the exporter is not scraped": absence(
      silent({ given: [samplesFromExporter(holds(1, "5m"), gone("15m"))], because: "ErpTargetsMissing fires" }),
    ),
  },
});
