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
 * The next incident cannot be investigated. The scheduler and the workers write lines at night too, when the API gets
 * no requests.
 */
export const erpLogsMissing = logAlert({
  name: "ErpLogsMissing",
  group: "erp-logs",
  severity: "warning",
  service: "erp",
  team: "platform",
  causedBy: ["loki", "loki-volume", "loki-writes", "log-agent"],
  measure: logql`sum(count_over_time(${erpStreams} [10m])) or vector(0)`,
  below: count(1),
  for: "5m",
  summary: "Loki has received no ERP log lines for a quarter of an hour.",
  description: `Loki received ${valueText("count", "log line")} from the ERP in the last ten minutes. Either the ERP writes no lines, or its lines do not reach Loki.`,
  scenarios: {
    "the log agent stops": fires({
      given: [lines("erp-api", [writes(60, "20m"), isSilent(lasting("35m")), writes(60, "20m")])],
      onset: "20m",
      after: lasting("9m"),
      by: lasting("11m"),
      resolves: { after: lasting("35m"), by: lasting("36m") },
    }),
    "only the scheduler writes, once in ten minutes": silent({
      given: [lines("erp-beat", [writes(0.11, "2h")], { logger: "celery.beat" })],
    }),
    "the log agent cannot reach Loki for eleven minutes": blip({
      given: [lines("erp-api", [writes(60, "10m"), isSilent("13m"), writes(60, "10m")])],
    }),
    "only other programs write": fires({
      given: [lines("postgresql-exporter", [writes(60, lasting("25m"))])],
      after: lasting("-1m"),
      by: lasting("1m"),
    }),
    "nothing was ever written": absence(fires({ given: [], after: lasting("-1m"), by: lasting("1m") })),
  },
});
