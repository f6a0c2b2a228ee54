import {
  alertStories,
  scenarioFiles as filesOf,
  type PromtoolFailure,
  runScenarios,
  type ScenarioFiles,
} from "../commands/prove/scenario-files";
import type { Run } from "../commands/run-tool";
import type { Alert } from "../kit/alerts/alert";
import type { Catalogue } from "../kit/metrics/catalogue";
import { contributions } from "../subjects/listings";
import { everything } from "./fixtures/everything";
import { production } from "./fixtures/production";

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

/** The files by which promtool proves an alert in production. */
export function scenarioFiles({ alert, original }: Provable, catalogue: Catalogue): ScenarioFiles {
  return filesOf(alert, alertStories(alert, catalogue, original), catalogue, publication);
}

/** Runs all files in one process of promtool. @returns the failures of each, by the given key */
export function contradictedFiles<Key>(
  promtool: Run,
  proofs: ReadonlyMap<Key, ScenarioFiles>,
): ReadonlyMap<Key, readonly string[]> {
  const failures = runScenarios(promtool, proofs);
  return new Map([...failures].map(([key, found]) => [key, found.map(explain)]));
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

/** What promtool found, in the words of the scenario. `kit/alerts/stories/promtool-tests.ts` writes the expectations. */
function explain({ scenario, text }: PromtoolFailure): string {
  return scenario === undefined ? text : `scenario "${scenario}": ${explainText(text)}`;
}

function explainText(failure: string): string {
  const time = /time: (\w+),/.exec(failure)?.[1];
  if (time === undefined) return failure;
  if (!failure.includes("ALERTS")) return `proves nothing: the limit is not crossed by ${time}`;
  if (failure.includes("pending")) return `proves nothing: the alert is not even pending by ${time}`;
  return /exp: nil/.test(failure) ? `the alert fires by ${time}, and must not` : `the alert does not fire at ${time}`;
}
