import { count, ratio } from "../../kit/alerts/limit";
import { logAlert } from "../../kit/alerts/log-alert";
import { isSilent, lines, writes } from "../../kit/alerts/log-lines";
import { absence, blip, fires, lowTraffic, silent } from "../../kit/alerts/scenario";
import { logql } from "../../kit/queries/query";
import { mark } from "../../logs/redaction";
import { erpStreams, failing } from "../../logs/streams";

const failed = { level: "ERROR", logger: "erp.access", message: "POST /api/v1/orders 500" };
const share = ratio(0.1);
/** Lines of a program, of which so many times the limit are errors. */
const failures = (limits: number, perMinute: number, time: string) => writes(limits * share.value * perMinute, time);
const fine = (limits: number, perMinute: number, time: string) => writes((1 - limits * share.value) * perMinute, time);
const failingLines = logql`sum by (app) (count_over_time(${erpStreams} | ${failing} [5m]))`;
const allLines = logql`sum by (app) (count_over_time(${erpStreams} [5m]))`;

/** Whatever no metric counts: a library that complains, a task that catches what went wrong and goes on. */
export const erpErrorLinesHigh = logAlert({
  name: "ErpErrorLinesHigh",
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
  description: "{{ $value | humanizePercentage }} of the lines of {{ $labels.app }} are errors.",
  scenarios: {
    "a release that logs errors is rolled back": fires({
      given: [
        lines("erp-api", [writes(120, "10m"), fine(1.1, 120, "20m"), writes(120, "20m")]),
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
        lines("erp-api", [fine(0.9, 120, "30m")]),
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

/**
 * Whoever looks for the cause of the next trouble finds nothing. The scheduler and the workers write at night as well,
 * when nobody asks the API.
 */
export const erpLogsMissing = logAlert({
  name: "ErpLogsMissing",
  severity: "warning",
  service: "erp",
  team: "platform",
  causedBy: ["loki", "log-agent"],
  measure: logql`sum(count_over_time(${erpStreams} [10m])) or vector(0)`,
  below: count(1),
  for: "5m",
  summary: "No line of the ERP has come to Loki for a quarter of an hour.",
  description:
    "{{ $value }} lines of the ERP came to Loki in ten minutes: it writes none, or they get lost on the way.",
  scenarios: {
    "the agent stops": fires({
      given: [lines("erp-api", [writes(60, "20m"), isSilent("40m"), writes(60, "20m")])],
      onset: "20m",
      after: "14m",
      by: "16m",
      resolves: { after: "40m", by: "41m" },
    }),
    "the scheduler alone writes, once in ten minutes": silent({
      given: [lines("erp-beat", [writes(0.11, "2h")], { logger: "celery.beat" })],
    }),
    "Loki was not reached for eleven minutes": blip({
      given: [lines("erp-api", [writes(60, "10m"), isSilent("13m"), writes(60, "10m")])],
    }),
    "others write": fires({
      given: [lines("postgresql-exporter", [writes(60, "30m")])],
      after: "4m",
      by: "6m",
    }),
    "nothing was ever written": absence(fires({ given: [], after: "4m", by: "6m" })),
  },
});

const leaked = { message: `login with password=${mark}: secret]` };

/** The agent took them out, so nobody can read them; the code that writes them is still there, and so is Sentry. */
export const erpSecretsInLogs = logAlert({
  name: "ErpSecretsInLogs",
  severity: "warning",
  service: "erp",
  team: "erp",
  measure: logql`sum by (app) (count_over_time(${erpStreams} |= \`${mark}\` [5m])) or 0 * ${allLines}`,
  on: ["app"],
  above: count(5),
  for: "10m",
  summary: "The ERP writes secrets or personal data to its log.",
  description:
    "The log agent took secrets or personal data out of {{ $value }} lines that {{ $labels.app }} wrote in five minutes.",
  scenarios: {
    "a release writes a password with each login": fires({
      given: [
        lines("erp-api", [isSilent("10m"), writes(1.4, "1h"), isSilent("30m")], leaked),
        lines("erp-api", [writes(60, "100m")]),
      ],
      onset: "10m",
      after: "13m",
      by: "16m",
      resolves: { after: "60m", by: "62m" },
    }),
    "an address in the path of a request, now and then": silent({
      given: [lines("erp-api", [writes(0.9, "2h")], leaked)],
    }),
    "one import of addresses": blip({
      given: [lines("erp-worker", [isSilent("10m"), writes(600, "1m"), isSilent("30m")], leaked)],
    }),
    "what the ERP itself took out": silent({
      given: [lines("erp-api", [writes(60, "1h")], { message: "login with password=[redacted]" })],
    }),
    "nothing is written": absence(silent({ given: [], because: "ErpLogsMissing tells it" })),
  },
});
