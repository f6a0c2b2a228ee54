import { count } from "../../kit/alerts/limit";
import { logAlert } from "../../kit/alerts/log-alert";
import { isSilent, writes } from "../../kit/alerts/stories/log-lines";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { valueText } from "../../kit/alerts/value-text";
import { logql } from "../../kit/queries/query";
import { mark } from "../../logs/redaction";
import { erpStreams } from "../../logs/streams";
import { allLines, lines } from "./erp-log-lines";

const leaked = { message: `login with password=${mark}: secret]` };

/**
 * The log agent removed the secrets, so that nobody can read them in Loki. The code that logs them still exists, and
 * Sentry may receive them.
 */
export const erpSecretsInLogs = logAlert({
  name: "ErpSecretsInLogs",
  group: "erp-logs",
  severity: "warning",
  service: "erp",
  team: "erp",
  measure: logql`sum by (app) (count_over_time(${erpStreams} |= \`${mark}\` [5m])) or 0 * ${allLines}`,
  on: ["app"],
  above: count(5),
  for: "10m",
  summary: "The ERP writes secrets or personal data to its logs.",
  description: `The log agent removed secrets or personal data from ${valueText("count", "line")} that {{ $labels.app }} wrote in the last five minutes.`,
  scenarios: {
    "a release logs the password of each login": fires({
      given: [
        lines("erp-api", [isSilent("10m"), writes(1.4, lasting("50m")), isSilent("30m")], leaked),
        lines("erp-api", [writes(60, "100m")]),
      ],
      onset: "10m",
      after: lasting("3m"),
      by: lasting("6m"),
      resolves: { after: lasting("50m"), by: lasting("52m") },
    }),
    "an occasional email address in a request path": silent({
      given: [lines("erp-api", [writes(0.9, "2h")], leaked)],
    }),
    "one import logs email addresses": blip({
      given: [lines("erp-worker", [isSilent("10m"), writes(600, "1m"), isSilent("30m")], leaked)],
    }),
    "the ERP itself removed the secrets": silent({
      given: [lines("erp-api", [writes(60, "1h")], { message: "login with password=[redacted]" })],
    }),
    "no program writes log lines": absence(silent({ given: [], because: "ErpLogsMissing fires" })),
  },
});
