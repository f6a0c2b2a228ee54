import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { production } from "../config/production";
import type { Alert } from "../kit/alerts/alert";
import { promtoolTests } from "../kit/alerts/promtool-tests";
import { recordingsRead } from "../kit/alerts/recordings-read";
import { alertGroup } from "../kit/alerts/rule-group";
import { catalogue } from "../metrics/catalogue";
import type { Run } from "./tools";

const { recordings } = catalogue(production);

/**
 * Plays the scenarios of all alerts through promtool, in one process.
 *
 * @returns what it says against each alert, by the given key; nothing where every scenario comes true
 */
export function contradictedScenarios(
  promtool: Run,
  alerts: ReadonlyMap<string, Alert>,
): ReadonlyMap<string, readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), "scenarios-"));
  try {
    const files = [...alerts].map(
      ([key, alert], index) => [key, ...written(alert, join(directory, `${index}`))] as const,
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
 * Plays the scenarios of all alerts, in turns: an alert that one has contradicted is not held to the next.
 *
 * @returns the keys of the alerts that no scenario contradicts
 */
export function uncontradicted(promtool: Run, alerts: ReadonlyMap<string, Alert>): readonly string[] {
  let left = [...alerts];
  const turns = Math.max(...left.map(([, { scenarios }]) => Object.keys(scenarios).length));
  for (let turn = 0; turn < turns; turn++) {
    const contradicted = contradictedScenarios(promtool, new Map(left.flatMap((one) => withScenario(turn, ...one))));
    left = left.filter(([key]) => !contradicted.get(key)?.length);
  }
  return left.map(([key]) => key);
}

function withScenario(turn: number, key: string, alert: Alert): [string, Alert][] {
  const told = Object.entries(alert.scenarios).slice(turn, turn + 1);
  return told.length === 0 ? [] : [[key, { ...alert, scenarios: Object.fromEntries(told) }]];
}

/** @returns the files of tests, beside that of their rules */
function written(alert: Alert, directory: string): string[] {
  mkdirSync(directory);
  const group = alertGroup("alerts", [alert], production, { recordings: recordingsRead(alert, recordings) });
  writeFileSync(join(directory, "rules.yaml"), stringify({ groups: [group] }));
  return promtoolTests(alert, "rules.yaml").map((test, index) => {
    const file = join(directory, `${index}.yaml`);
    writeFileSync(file, stringify(test));
    return file;
  });
}

/** Of promtool's report in JUnit's format, by file. */
function failuresIn(report: string): ReadonlyMap<string, readonly string[]> {
  const suites = [...report.matchAll(/<testsuite name="([^"]+)".*?<\/testsuite>/gs)];
  return new Map(
    suites.map(([suite, file = ""]) => [
      file,
      [...suite.matchAll(/<testcase name="([^"]*)">(.*?)<\/testcase>/gs)].flatMap(([, name, content = ""]) =>
        [...content.matchAll(/<(failure|error)>(.*?)<\/\1>/gs)].map(([, , text = ""]) => unescaped(`${name}: ${text}`)),
      ),
    ]),
  );
}

function unescaped(text: string): string {
  const code = (_: string, number: string) => String.fromCodePoint(Number(number.replace("x", "0x")));
  return text
    .replace(/&#(x[\dA-F]+|\d+);/gi, code)
    .replace(/&gt;/g, ">")
    .replace(/&lt;/g, "<")
    .replace(/&amp;/g, "&");
}
