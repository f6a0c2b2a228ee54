import { ratio } from "../../kit/alerts/limit";
import { logAlert } from "../../kit/alerts/log-alert";
import { isSilent, writes } from "../../kit/alerts/log-lines";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/scenario";
import { valueText } from "../../kit/alerts/value-text";
import { logql } from "../../kit/queries/query";
import { erpStreams, failing } from "../../logs/streams";
import { allLines, lines } from "./erp-log-lines";

const failed = { level: "ERROR", logger: "erp.access", message: "POST /api/v1/orders 500" };

const share = ratio(0.1);

/** Lines of a program, of which so many times the limit are errors. */
const failures = (limits: number, perMinute: number, time: string) => writes(limits * share.value * perMinute, time);

const harmlessLines = (limits: number, perMinute: number, time: string) =>
  writes((1 - limits * share.value) * perMinute, time);

const failingLines = logql`sum by (app) (count_over_time(${erpStreams} | ${failing} [5m]))`;

/** Whatever no metric counts: a library that complains, a task that catches what went wrong and goes on. */
export const erpErrorLinesHigh = logAlert({
  name: "ErpErrorLinesHigh",
  group: "erp-logs",
  severity: "warning",
  service: "erp",
  team: "erp",
  causedBy: ["erp-api", "availability-slo", "celery", "postgresql", "redis"],
  measure: logql`(${failingLines} or 0 * ${allLines}) / ${allLines}`,
  above: share,
  provided: logql`${failingLines} > 10`,
  on: ["app"],
  for: "5m",
  summary: "Many of the lines that a program of the ERP writes are errors.",
  description: `${valueText("ratio")} of the lines of {{ $labels.app }} are errors.`,
  scenarios: {
    "a release that logs errors is rolled back": fires({
      given: [
        lines("erp-api", [writes(120, "10m"), harmlessLines(1.1, 120, "20m"), writes(120, "20m")]),
        lines("erp-api", [isSilent("10m"), failures(1.1, 120, "20m"), isSilent("20m")], failed),
      ],
      onset: "10m",
      after: "8m",
      by: "11m",
      resolves: { after: "20m", by: "22m" },
    }),
    "a worker writes nothing but errors": fires({
      given: [
        lines("erp-worker", [isSilent("5m"), writes(6, "20m")], { ...failed, logger: "celery" }),
        lines("erp-api", [writes(120, "25m")]),
      ],
      onset: "5m",
      after: "5m",
      by: "8m",
    }),
    "a few requests fail, as always": silent({
      given: [
        lines("erp-api", [harmlessLines(0.9, 120, "30m")]),
        lines("erp-api", [failures(0.9, 120, "30m")], { ...failed, level: "CRITICAL" }),
      ],
    }),
    "a database restarts": blip({
      given: [
        lines("erp-api", [writes(120, "10m"), writes(60, "90s"), writes(120, "20m")]),
        lines("erp-api", [isSilent("10m"), writes(60, "90s"), isSilent("20m")], failed),
      ],
    }),
    "every line of a quiet night is an error": lowTraffic({
      given: [lines("erp-beat", [writes(1.9, "1h")], failed)],
    }),
    "nothing is written": absence(silent({ given: [], because: "ErpLogsMissing tells it" })),
  },
});
