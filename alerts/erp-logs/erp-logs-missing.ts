import { count } from "../../kit/alerts/limit";
import { logAlert } from "../../kit/alerts/log-alert";
import { isSilent, writes } from "../../kit/alerts/stories/log-lines";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { logql } from "../../kit/queries/query";
import { erpStreams } from "../../logs/streams";
import { lines } from "./erp-log-lines";

/**
 * Whoever looks for the cause of the next trouble finds nothing. The scheduler and the workers write at night as well,
 * when nobody asks the API.
 */
export const erpLogsMissing = logAlert({
  name: "ErpLogsMissing",
  group: "erp-logs",
  severity: "warning",
  service: "erp",
  team: "platform",
  causedBy: ["loki", "log-agent"],
  measure: logql`sum(count_over_time(${erpStreams} [10m])) or vector(0)`,
  below: count(1),
  for: "5m",
  summary: "No line of the ERP has come to Loki for a quarter of an hour.",
  description: `${valueText("count", "line")} of the ERP came to Loki in ten minutes: it writes none, or they get lost on the way.`,
  scenarios: {
    "the agent stops": fires({
      given: [lines("erp-api", [writes(60, "20m"), isSilent(lasting("35m")), writes(60, "20m")])],
      onset: "20m",
      after: lasting("9m"),
      by: lasting("11m"),
      resolves: { after: lasting("35m"), by: lasting("36m") },
    }),
    "the scheduler alone writes, once in ten minutes": silent({
      given: [lines("erp-beat", [writes(0.11, "2h")], { logger: "celery.beat" })],
    }),
    "Loki was not reached for eleven minutes": blip({
      given: [lines("erp-api", [writes(60, "10m"), isSilent("13m"), writes(60, "10m")])],
    }),
    "others write": fires({
      given: [lines("postgresql-exporter", [writes(60, lasting("25m"))])],
      after: lasting("-1m"),
      by: lasting("1m"),
    }),
    "nothing was ever written": absence(fires({ given: [], after: lasting("-1m"), by: lasting("1m") })),
  },
});
