import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { type CheckId, checks, type Finding } from "./finding";

/** The findings as text: one for each, with the place that an editor opens. */
export function textReport(findings: readonly Finding[], files: number): string {
  const lines = findings.map(({ file, line, column, check, place, value, rule, remedy }) =>
    [
      `${file}:${line}:${column}: ${place}: ${rule} [${check}]`,
      ...(value === undefined ? [] : [`    got ${value}`]),
      `    ${remedy}`,
    ].join("\n"),
  );
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  return [...lines, `${count} in ${files} ${files === 1 ? "file" : "files"}`].join("\n");
}

export function jsonReport(findings: readonly Finding[]): string {
  const listed = findings.map(({ file, line, column, check, place, value, rule, remedy }) => ({
    file,
    line,
    column,
    check,
    place,
    value,
    rule,
    remedy,
  }));
  return JSON.stringify({ version: 1, findings: listed }, null, 2);
}

/**
 * The findings for code hosts.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(findings: readonly Finding[], version: string): string {
  const ids = Object.keys(checks) as readonly CheckId[];
  const results = findings.map(({ file, line, column, check, place, value, rule, remedy }) => ({
    ruleId: check,
    ruleIndex: ids.indexOf(check),
    level: "error",
    message: { text: `${place}: ${rule}${value === undefined ? "" : `, got ${value}`}. ${remedy}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  }));
  const rules = ids.map((id) => ({ id, shortDescription: { text: `${checks[id]}.` } }));
  const driver = { name: "erp-observability lint", version, rules };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return JSON.stringify(log, null, 2);
}

/** Code hosts expect paths relative to the root of the repository, in which the command runs. */
function uriOf(file: string): string {
  const path = relative(process.cwd(), file);
  if (path.startsWith("..")) return pathToFileURL(file).href;
  return path.split(/[\\/]/).map(encodeURIComponent).join("/");
}
