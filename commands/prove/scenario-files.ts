import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import type { Alert } from "../../kit/alerts/alert";
import { recordingsReadBy } from "../../kit/alerts/recordings-read";
import { type Publication, ruleGroups } from "../../kit/alerts/rule-group";
import { type PromtoolTest, promtoolFiles, type StoryTest, storyTests } from "../../kit/alerts/stories/promtool-tests";
import type { Catalogue } from "../../kit/metrics/catalogue";
import type { Run } from "../run-tool";

/** Files for promtool with the rules and scenarios of an alert. Equal proofs have files with equal content. */
export interface ScenarioFiles {
  readonly rules: object;
  readonly tests: readonly PromtoolTest[];
}

const ruleFile = "rules.yaml";

/**
 * The scenarios of an alert as promtool plays them.
 * @param original the alert whose `for` and limit the stories follow: for a mutant, the alert without the mistake
 */
export function alertStories(
  alert: Alert,
  { vocabulary, recordings }: Catalogue,
  original = alert,
): readonly StoryTest[] {
  return storyTests(alert, { alert: original, vocabulary, recordings: recordingsReadBy(original, recordings) });
}

/** @param observed expressions whose values promtool also reports, at every evaluation. @default none */
export function scenarioFiles(
  alert: Alert,
  stories: readonly StoryTest[],
  { recordings }: Catalogue,
  publication: Publication,
  observed: readonly string[] = [],
): ScenarioFiles {
  // In the alert's own group, so that its values are as fresh as those of the alert.
  const read = recordingsReadBy(alert, recordings).map((one) => ({ ...one, group: alert.group }));
  return {
    rules: { groups: ruleGroups([alert], read, publication) },
    tests: promtoolFiles(alert, ruleFile, stories, observed),
  };
}

/** A failure in one scenario, in the words of promtool. */
export interface PromtoolFailure {
  /** Title of the scenario. @default the whole file failed */
  readonly scenario?: string;
  readonly text: string;
}

/** Runs all files in one process of promtool. @returns what it found in each of them, by the given key */
export function runScenarios<Key>(
  promtool: Run,
  proofs: ReadonlyMap<Key, ScenarioFiles>,
): ReadonlyMap<Key, readonly PromtoolFailure[]> {
  const directory = mkdtempSync(join(tmpdir(), "scenarios-"));
  try {
    const files = [...proofs].map(
      ([key, proof], index) => [key, ...writeTestFiles(proof, join(directory, `${index}`))] as const,
    );
    const report = join(directory, "report.xml");
    promtool("test", "rules", `--junit=${report}`, ...files.flatMap(([, ...tests]) => tests));
    const failures = failuresIn(readFileSync(report, "utf8"));
    return new Map(
      files.map(([key, ...tests]) => [key, tests.flatMap((file) => failures.get(file) ?? [{ text: "was not run" }])]),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** JSON is YAML, and is written in a tenth of the time. @returns the files of tests, beside that of their rules */
function writeTestFiles({ rules, tests }: ScenarioFiles, directory: string): string[] {
  mkdirSync(directory);
  writeFileSync(join(directory, ruleFile), JSON.stringify(rules));
  return tests.map((test, index) => {
    const file = join(directory, `${index}.yaml`);
    writeFileSync(file, JSON.stringify(test));
    return file;
  });
}

interface JunitReport {
  readonly testsuites: { readonly testsuite: readonly Suite[] };
}

interface Suite {
  readonly name: string;
  readonly testcase: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly failure: readonly string[];
  readonly error: readonly string[];
}

const junit = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  // A name or a message may look like a number.
  parseTagValue: false,
  // promtool writes quotation marks and line breaks as numeric entities.
  htmlEntities: true,
  isArray: (name) => ["testsuite", "testcase", "failure", "error"].includes(name),
});

/** Failures in promtool's JUnit report, by file. */
function failuresIn(report: string): ReadonlyMap<string, readonly PromtoolFailure[]> {
  const { testsuites }: Partial<JunitReport> = junit.parse(report);
  return new Map(
    (testsuites?.testsuite ?? []).map(({ name: file, testcase = [] }: Partial<Suite> & Pick<Suite, "name">) => [
      file,
      testcase.flatMap(({ name, failure = [], error = [] }: Partial<Case>) =>
        [...failure, ...error].map((text) => ({ scenario: name?.replace(/^.*?: /, ""), text })),
      ),
    ]),
  );
}
