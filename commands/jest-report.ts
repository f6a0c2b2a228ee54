import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { child } from "./child";

/** The numbers of tests that passed and failed, and the names of the skipped tests. */
export interface JestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

/** The JSON that Jest writes. Only the fields that we read are listed. */
interface JestJson {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs Jest, and prints its output. */
export async function jestReport(...args: readonly string[]): Promise<JestReport> {
  const directory = mkdtempSync(join(tmpdir(), "test-"));
  const file = join(directory, "report.json");
  try {
    await child("npx", ["--no-install", "jest", "--json", "--outputFile", file, ...args], {
      onLine: (line) => /^(\{|Test results written to)/.test(line) || console.log(line),
    });
    const report: JestJson = JSON.parse(readFileSync(file, "utf8"));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
      skipped: report.testResults.flatMap(({ assertionResults }) =>
        assertionResults.filter(({ status }) => status === "pending").map(({ fullName }) => fullName),
      ),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
