import type { Alert } from "../../kit/alerts/alert";
import type { Publication } from "../../kit/alerts/rule-group";
import { evaluationsOf, type StoryTest } from "../../kit/alerts/stories/promtool-tests";
import type { Catalogue } from "../../kit/metrics/catalogue";
import { inSeconds } from "../../kit/queries/duration";
import type { Run } from "../run-tool";
import type { PlayedScenario } from "./played-scenario";
import { alertStories, type PromtoolFailure, runScenarios, scenarioFiles } from "./scenario-files";
import type { AlertStates, EvaluatedSeries, Labels, State } from "./timeline";

/**
 * Plays the scenarios of alerts on metrics through promtool, in one process. promtool decides which expectations are met, and prints
 * the values of the measures and the states of the alert at every evaluation.
 */
export function playAlerts(
  promtool: Run,
  alerts: readonly Alert[],
  catalogue: Catalogue,
  publication: Publication,
): ReadonlyMap<Alert, readonly PlayedScenario[]> {
  const stories = new Map(alerts.map((alert) => [alert, alertStories(alert, catalogue)]));
  const files = [...stories].map(
    ([alert, tests]) =>
      [alert, scenarioFiles(alert, tests, catalogue, publication, Object.values(observedOf(alert)).flat())] as const,
  );
  const failures = runScenarios(promtool, new Map(files));
  return new Map(
    [...stories].map(([alert, tests]) => {
      const found = failures.get(alert) ?? [];
      const titles = tests.map(({ title }) => title);
      // A file that promtool cannot read fails without the title of a scenario.
      const ofAll = found.filter(({ scenario = "" }) => !titles.includes(scenario));
      const failuresOf = ({ title }: StoryTest) => [...ofAll, ...found.filter(({ scenario }) => scenario === title)];
      return [alert, tests.map((test) => playedScenario(alert, test, failuresOf(test)))];
    }),
  );
}

/** The expressions whose values a timeline contains. */
function observedOf({ name, measures, provided }: Alert) {
  return {
    measures: measures.map(({ text }) => text),
    provided: provided ? [provided.text] : [],
    states: [`ALERTS{alertname="${name}"}`],
  };
}

function playedScenario(alert: Alert, test: StoryTest, failures: readonly PromtoolFailure[]): PlayedScenario {
  const results = failures.map(queryResult);
  const resultsOf = (expr: string) => {
    const text = quoted(expr);
    return results.filter(({ query }) => query === text);
  };
  const seriesOf = (expr: string) => evaluatedSeries(resultsOf(expr));
  const { measures, provided, states } = observedOf(alert);
  return {
    title: test.title,
    scenario: test.scenario,
    claims: test.checks.map(({ claim, expectation: { expr, eval_time } }) => ({
      claim,
      met: !resultsOf(expr).some(({ second }) => second === inSeconds(eval_time)),
    })),
    timeline: {
      seconds: evaluationsOf(test),
      measures: measures.map(seriesOf),
      ...(provided.length > 0 && { provided: provided.flatMap(seriesOf) }),
      alerts: alertStates(states.flatMap(seriesOf)),
    },
    errors: [...new Set(results.flatMap(({ error }) => error ?? []))],
  };
}

/** The text that promtool prints for a query with an unexpected result. */
interface QueryResult {
  /** The query in quotation marks, as Go prints it. @default the failure is not about a query */
  readonly query?: string;
  /** The second of the evaluation. @default the failure is not about a query */
  readonly second?: number;
  /** The series that the query has, with their values. @default the failure is not about a query */
  readonly samples?: readonly (readonly [Labels, number])[];
  /** Why something could not be evaluated. @default everything was evaluated */
  readonly error?: string;
}

/** @see https://github.com/prometheus/prometheus/blob/main/cmd/promtool/unittest.go */
function queryResult({ text }: PromtoolFailure): QueryResult {
  const [, query, time = "", error, got = ""] =
    /^\s*expr: ("(?:[^"\\]|\\.)*"), time: (\w+),(?: err: (.*)|\s+exp: .*\n\s+got: (.*))$/s.exec(text) ?? [];
  // The reader cannot look into the temporary file.
  if (query === undefined) return { error: text.trim().replace(/^\S+\.yaml: (\d+:\d+: )?/, "") };
  return { query, second: inSeconds(time), samples: samplesIn(got), ...(error !== undefined && { error }) };
}

/** Go and JSON quote everything that a query contains in the same way. */
function quoted(expr: string): string {
  return JSON.stringify(expr);
}

function samplesIn(got: string): readonly (readonly [Labels, number])[] {
  const found = got.matchAll(/(\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}) (\S+?)(?=, \{|$)/g);
  return [...found].map(([, labels = "", value = ""]) => [labelsIn(labels), numberIn(value)]);
}

function labelsIn(text: string): Labels {
  const pairs = text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g);
  return Object.fromEntries([...pairs].map(([, name = "", value = ""]) => [name, JSON.parse(value)]));
}

function numberIn(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

/** The samples of all evaluations by their series. */
function evaluatedSeries(results: readonly QueryResult[]): readonly EvaluatedSeries[] {
  const found = new Map<string, { labels: Labels; values: Map<number, number> }>();
  for (const { second = 0, samples = [] } of results) {
    for (const [{ __name__: _name, ...labels }, value] of samples) {
      const key = JSON.stringify(labels);
      const one = found.get(key) ?? { labels, values: new Map() };
      found.set(key, one);
      one.values.set(second, value);
    }
  }
  return [...found.values()];
}

/** The states of the alert for each set of labels. `ALERTS` has one series for each set of labels and state. */
function alertStates(series: readonly EvaluatedSeries[]): readonly AlertStates[] {
  const found = new Map<string, { labels: Labels; states: Map<number, State> }>();
  for (const { labels: all, values } of series) {
    const { alertstate, ...labels } = all;
    const key = JSON.stringify(labels);
    const one = found.get(key) ?? { labels, states: new Map() };
    found.set(key, one);
    for (const second of values.keys()) one.states.set(second, alertstate as State);
  }
  return [...found.values()];
}
