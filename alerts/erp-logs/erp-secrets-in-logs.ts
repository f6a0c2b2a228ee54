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

/** The agent took them out, so nobody can read them; the code that writes them is still there, and so is Sentry. */
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
  summary: "The ERP writes secrets or personal data to its log.",
  description: `The log agent took secrets or personal data out of ${valueText("count", "line")} that {{ $labels.app }} wrote in five minutes.`,
  scenarios: {
    "a release writes a password with each login": fires({
      given: [
        lines("erp-api", [isSilent("10m"), writes(1.4, lasting("50m")), isSilent("30m")], leaked),
        lines("erp-api", [writes(60, "100m")]),
      ],
      onset: "10m",
      after: lasting("3m"),
      by: lasting("6m"),
      resolves: { after: lasting("50m"), by: lasting("52m") },
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
