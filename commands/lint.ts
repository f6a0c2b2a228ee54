import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inSeconds } from "../kit/queries/duration";
import { type Command, CommandError, start } from "./command";
import { lintFiles } from "./lint/lint-files";
import { jsonReport, sarifReport, textReport } from "./lint/report";

export const lint: Command = {
  name: "lint",
  positionals: {},
  operands: { name: "file", help: "files of rules (YAML) or dashboards (JSON)" },
  options: {
    "scrape-interval": {
      type: "string",
      value: "duration",
      help: "time between two scrapes, such as `30s`; without it, the lengths of ranges are not checked",
    },
    json: { type: "boolean", help: "prints the findings as JSON (docs/lint.md)" },
    sarif: { type: "boolean", help: "prints the findings as SARIF 2.1.0, which code hosts show in a pull request" },
  },
  help: `
Checks rules and dashboards of any project, without an environment: files of rules for Prometheus and Loki, objects of kind
PrometheusRule, and dashboards in Grafana's classic JSON model. It needs no cluster, and changes nothing.

It reports queries that Prometheus, Loki or Grafana refuse, and queries that return something else than they seem to: the
rate of a gauge, the raw value of a counter, operands that never match, a label that the operand lacks. It knows the types of
the metrics of well-known programs, and accepts every other metric, with any labels. docs/lint.md lists the checks.

Exit code 0: no finding. 1: findings, or a file that cannot be read.`,
  run(given, files) {
    if (files.length === 0) throw new CommandError("Name at least one file of rules or dashboards.");
    if (given.json === true && given.sarif === true) throw new CommandError("Use either --json or --sarif.");
    const interval = given["scrape-interval"] === undefined ? undefined : String(given["scrape-interval"]);
    if (interval !== undefined && !(inSeconds(interval) > 0))
      throw new CommandError(`--scrape-interval takes a duration such as \`30s\`, not \`${interval}\`.`);
    const findings = lintFiles(files, interval);
    if (given.json === true) console.log(jsonReport(findings));
    else if (given.sarif === true) console.log(sarifReport(findings, version()));
    else console.log(textReport(findings, files.length));
    return findings.length > 0 ? 1 : 0;
  },
};

function version(): string {
  return JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")).version;
}

if (require.main === module) void start(lint);
