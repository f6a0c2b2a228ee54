import type { Failure } from "./check";
import type { Result } from "./run-checks";

/** The lines of one result. A failure states what was expected, what was found, and which runbook helps. */
export function resultLines({ check, outcome, seconds }: Result): readonly string[] {
  const time = `${seconds.toFixed(1)} s`.padStart(7);
  const head = (status: string, rest = "") => `  ${status.padEnd(7)} ${time}  ${check.title}${rest}`;
  switch (outcome.status) {
    case "skipped":
      return [head("skipped", `: ${outcome.reason}`)];
    case "not run":
      return [head("NOT RUN"), `${indent}${outcome.reason}`, `${indent}${outcome.remedy}`];
    case "passed":
      return [head("passed", outcome.extent ? ` (${outcome.extent})` : ""), ...noteLines(outcome.notes)];
    case "failed":
      return [
        head("FAILED", outcome.extent ? ` (${outcome.extent})` : ""),
        ...outcome.failures.flatMap(failureLines),
        ...noteLines(outcome.notes),
      ];
  }
}

const indent = " ".repeat(19);

function failureLines({ where, expected, found, runbook }: Failure): string[] {
  return [
    `${indent}${where}`,
    `${indent}  expected  ${expected}`,
    `${indent}  found     ${found}`,
    `${indent}  runbook   docs/runbooks/${runbook}.md`,
  ];
}

/** Number of notes that are printed. JSON contains all of them. */
const printedNotes = 3;

function noteLines(notes: readonly string[] = []): string[] {
  const more = notes.length > printedNotes ? [`and ${notes.length - printedNotes} more, which --json lists`] : [];
  return [...notes.slice(0, printedNotes), ...more].map((note) => `${indent}${note}`);
}

/** `31 checks in 24 s: 28 passed, 2 failed, 1 skipped` */
export function summary(results: readonly Result[], seconds: number): string {
  const counts = (["passed", "failed", "not run", "skipped"] as const)
    .map((status) => [status, results.filter(({ outcome }) => outcome.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  return `${results.length} checks in ${Math.round(seconds)} s: ${counts.join(", ")}`;
}

/** 0 every check passed, 1 a check failed, 2 a check could not be run. */
export function exitCode(results: readonly Result[]): number {
  if (results.some(({ outcome }) => outcome.status === "failed")) return 1;
  return results.some(({ outcome }) => outcome.status === "not run") ? 2 : 0;
}

/** Version of the JSON report, which rises with every incompatible change: docs/verify.md. */
const reportVersion = 1;

/** The report as JSON: docs/verify.md describes its fields. */
export function jsonReport(environment: string, context: string, results: readonly Result[], seconds: number): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const content = {
    version: reportVersion,
    environment,
    context,
    exitCode: exitCode(results),
    seconds: Math.round(seconds * 10) / 10,
    groups: groups.map((name) => ({
      name,
      checks: results
        .filter(({ group }) => group === name)
        .map(({ check: { id, title }, outcome, seconds: took }) => ({ id, title, seconds: took, ...outcome })),
    })),
  };
  return JSON.stringify(content, null, 2);
}
