import { ratio } from "../../kit/alerts/limit";
import { logAlert } from "../../kit/alerts/log-alert";
import { isSilent, writes } from "../../kit/alerts/stories/log-lines";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/stories/scenario";
import { lasting, type StoryTime } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { logql } from "../../kit/queries/query";
import { erpStreams, failing } from "../../logs/streams";
import { allLines, lines } from "./erp-log-lines";

const failed = { level: "ERROR", logger: "erp.access", message: "POST /api/v1/orders 500" };

/** Log lines of a program of which this share are errors. */
const errorLines = (share: number, perMinute: number, time: StoryTime) => writes(share * perMinute, time);

const otherLines = (failing: number, perMinute: number, time: StoryTime) => writes((1 - failing) * perMinute, time);

const failingLines = logql`sum by (app) (count_over_time(${erpStreams} | ${failing} [5m]))`;

/** Errors that no metric counts, for example warnings of a library, or an exception that a task catches and logs. */
export const erpErrorLinesHigh = logAlert({
  name: "ErpErrorLinesHigh",
  group: "erp-logs",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["erp-api", "availability-slo", "celery", "postgresql", "redis"],
  measure: logql`(${failingLines} or 0 * ${allLines}) / ${allLines}`,
  above: ratio(0.1),
  provided: logql`${failingLines} > 10`,
  on: ["app"],
  for: "5m",
  summary: "Many log lines of an ERP program are errors.",
  description: `${valueText("ratio")} of the log lines of {{ $labels.app }} are errors.`,
  scenarios: {
    "a release that logs errors is rolled back": fires({
      given: (limit) => [
        lines("erp-api", [writes(120, "10m"), otherLines(1.1 * limit, 120, lasting("15m")), writes(120, "20m")]),
        lines("erp-api", [isSilent("10m"), errorLines(1.1 * limit, 120, lasting("15m")), isSilent("20m")], failed),
      ],
      onset: "10m",
      after: lasting("3m"),
      by: lasting("6m"),
      resolves: { after: lasting("15m"), by: lasting("17m") },
    }),
    "a worker writes only errors": fires({
      given: [
        lines("erp-worker", [isSilent("5m"), writes(6, lasting("15m"))], { ...failed, logger: "celery" }),
        lines("erp-api", [writes(120, "25m")]),
      ],
      onset: "5m",
      after: lasting(),
      by: lasting("3m"),
    }),
    "as many errors as usual": silent({
      given: (limit) => [
        lines("erp-api", [otherLines(0.9 * limit, 120, "30m")]),
        lines("erp-api", [errorLines(0.9 * limit, 120, "30m")], { ...failed, level: "CRITICAL" }),
      ],
    }),
    "a database restarts": blip({
      given: [
        lines("erp-api", [writes(120, "10m"), writes(60, "90s"), writes(120, "20m")]),
        lines("erp-api", [isSilent("10m"), writes(60, "90s"), isSilent("20m")], failed),
      ],
    }),
    "every line of a quiet night is an error": lowTraffic({
      given: [
        lines("erp-beat", [writes(1.9, "1h")], failed),
        lines("erp-api", [writes(600, "1h")]),
        lines("erp-api", [writes(5, "1h")], failed),
      ],
    }),
    "no program writes log lines": absence(silent({ given: [], because: "ErpLogsMissing fires" })),
  },
});
