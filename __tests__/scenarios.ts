import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { stringify } from "yaml";
import type { Alert } from "../kit/alerts/alert";
import { recordingsReadBy } from "../kit/alerts/recordings-read";
import { ruleGroups } from "../kit/alerts/rule-group";
import { type PromtoolTest, promtoolTests } from "../kit/alerts/stories/promtool-tests";
import type { Catalogue } from "../kit/metrics/catalogue";
import { contributions } from "../subjects/listings";
import { everything } from "./fixtures/everything";
import { production } from "./fixtures/production";
import type { Run } from "./tools";

const publication = { environment: production.name, runbookBaseUrl: production.runbookBaseUrl };

const ofEverything = contributions(everything).catalogue;

/** An alert whose scenarios promtool plays. */
export interface Provable {
  readonly alert: Alert;
  /** The alert whose `for` and limit the stories follow: for a mutant, the alert without the mistake. @default the alert */
  readonly original?: Alert;
}

/**
 * Plays the scenarios of all alerts through promtool, in one process. The alerts read the recordings of `everything`.
 *
 * @returns the failures of each alert, by the given key; nothing for alerts whose scenarios all pass
 */
export function contradictedScenarios<Key>(
  promtool: Run,
  alerts: ReadonlyMap<Key, Provable>,
): ReadonlyMap<Key, readonly string[]> {
  const proofs = [...alerts].map(([key, provable]) => [key, scenarioFiles(provable, ofEverything)] as const);
  return contradictedFiles(promtool, new Map(proofs));
}

/** The files by which promtool proves an alert, all with the same content where it is proved the same way. */
export interface ScenarioFiles {
  readonly rules: object;
  readonly tests: readonly PromtoolTest[];
}

export function scenarioFiles({ alert, original = alert }: Provable, catalogue: Catalogue): ScenarioFiles {
  const { vocabulary, recordings } = catalogue;
  // In the alert's own group, so that its values are as fresh as those of the alert.
  const read = recordingsReadBy(alert, recordings).map((one) => ({ ...one, group: alert.group }));
  return {
    rules: { groups: ruleGroups([alert], read, publication) },
    tests: promtoolTests(alert, "rules.yaml", {
      alert: original,
      vocabulary,
      recordings: recordingsReadBy(original, recordings),
    }),
  };
}

/** Runs all files in one process of promtool. @returns the failures of each, by the given key */
export function contradictedFiles<Key>(
  promtool: Run,
  proofs: ReadonlyMap<Key, ScenarioFiles>,
): ReadonlyMap<Key, readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), "scenarios-"));
  try {
    const files = [...proofs].map(
      ([key, proof], index) => [key, ...writeTestFiles(proof, join(directory, `${index}`))] as const,
    );
    const report = join(directory, "report.xml");
    promtool("test", "rules", `--junit=${report}`, ...files.flatMap(([, ...tests]) => tests));
    const failures = failuresIn(readFileSync(report, "utf8"));
    return new Map(
      files.map(([key, ...tests]) => [key, tests.flatMap((file) => failures.get(file) ?? ["was not run"])]),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * Plays the scenarios of all alerts, in turns: an alert with a failed scenario is skipped in the next turn.
 *
 * @returns the keys of the alerts that no scenario contradicts
 */
export function uncontradicted(promtool: Run, alerts: ReadonlyMap<string, Provable>): readonly string[] {
  let remaining = [...alerts];
  const turns = Math.max(...remaining.map(([, { alert }]) => Object.keys(alert.scenarios).length));
  for (let turn = 0; turn < turns; turn++) {
    const contradicted = contradictedScenarios(
      promtool,
      new Map(remaining.flatMap((one) => withScenario(turn, ...one))),
    );
    remaining = remaining.filter(([key]) => !contradicted.get(key)?.length);
  }
  return remaining.map(([key]) => key);
}

function withScenario(turn: number, key: string, { alert, ...rest }: Provable): [string, Provable][] {
  const played = Object.entries(alert.scenarios).slice(turn, turn + 1);
  return played.length === 0 ? [] : [[key, { ...rest, alert: { ...alert, scenarios: Object.fromEntries(played) } }]];
}

/** @returns the files of tests, beside that of their rules */
function writeTestFiles({ rules, tests }: ScenarioFiles, directory: string): string[] {
  mkdirSync(directory);
  writeFileSync(join(directory, "rules.yaml"), stringify(rules));
  return tests.map((test, index) => {
    const file = join(directory, `${index}.yaml`);
    writeFileSync(file, stringify(test));
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
function failuresIn(report: string): ReadonlyMap<string, readonly string[]> {
  const { testsuites }: Partial<JunitReport> = junit.parse(report);
  return new Map(
    (testsuites?.testsuite ?? []).map(({ name: file, testcase = [] }: Partial<Suite> & Pick<Suite, "name">) => [
      file,
      testcase.flatMap(({ name, failure = [], error = [] }: Partial<Case>) =>
        [...failure, ...error].map((text) => `scenario "${name?.replace(/^.*?: /, "")}": ${explain(text)}`),
      ),
    ]),
  );
}

/** What promtool found, in the words of the scenario. `kit/alerts/stories/promtool-tests.ts` writes the expectations. */
function explain(failure: string): string {
  const time = /time: (\w+),/.exec(failure)?.[1];
  if (time === undefined) return failure;
  if (!failure.includes("ALERTS")) return `proves nothing: the limit is not crossed by ${time}`;
  if (failure.includes("pending")) return `proves nothing: the alert is not even pending by ${time}`;
  return /exp: nil/.test(failure) ? `the alert fires by ${time}, and must not` : `the alert does not fire at ${time}`;
}
