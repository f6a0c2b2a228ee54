import type { Result } from "../check-image";
import type { Report } from "./report";

/** The line of one rule, followed by its findings. */
export function resultText({ rule, title, outcome, seconds, findings, reason }: Result): string {
  const word = outcome === "failed" ? "FAILED" : outcome;
  const note = outcome === "not checked" ? reason : `${seconds.toFixed(1)} s`;
  const lines = findings.map(
    ({ expected, found, remedy }) => `    expected  ${expected}\n    found     ${found}\n    remedy    ${remedy}`,
  );
  return [`${word.padEnd(11)}  ${rule}: ${title} (${note})`, ...lines].join("\n");
}

/** The last lines of the report. */
export function summaryText({ environment, httpProfile, passed, failed, notChecked }: Report): string {
  const { configured, detected } = httpProfile;
  const profile =
    detected === configured ? configured : `${configured} configured, ${detected ?? "none"} found in the image`;
  return `contract of ${environment}, HTTP profile ${profile}\n${passed} passed, ${failed} failed, ${notChecked} not checked`;
}
