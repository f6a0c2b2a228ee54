import builder from "junit-report-builder";
import type { Report } from "./report";

/** The report as JUnit XML, which GitHub, GitLab and other servers show: one test case for each rule. */
export function junitXml({ environment, rules }: Report): string {
  const document = builder.newBuilder();
  const suite = document.testSuite().name(`conformance to the contract of ${environment}`);
  for (const { rule, title, outcome, seconds, findings, reason = "" } of rules) {
    const test = suite.testCase().className("conformance").name(`${rule}: ${title}`).time(seconds);
    if (outcome === "not checked") test.skipped();
    if (outcome === "not checked") test.standardOutput(reason);
    if (outcome !== "failed") continue;
    const texts = findings.map(
      ({ expected, found, remedy }) => `expected: ${expected}\nfound: ${found}\nremedy: ${remedy}`,
    );
    test.failure(texts.join("\n\n"));
  }
  return document.build();
}
