import { evaluationSeconds } from "../../metrics/recording";
import { promql } from "../../queries/query";
import { type Alert, conjunction } from "../alert";
import { inputSeries } from "./samples";
import type { Demanded, Scenario } from "./scenario";
import { type StorySeries, seriesOf } from "./series-of";
import type { StoryEnvironment } from "./story-environment";

/** A file of `promtool test rules`: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/ */
export interface PromtoolTest {
  readonly rule_files: readonly string[];
  readonly evaluation_interval: string;
  readonly tests: readonly TestCase[];
}

interface TestCase {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly promql_expr_test: readonly Expectation[];
}

interface Expectation {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}

/** Maximum number of samples of a range query: promtool fails above 10,000. */
const mostSamples = 4000;

/** Labels that every alert gets from its rule or from Prometheus. */
const labelsOfRules = ["alertname", "alertstate", "severity", "service", "team", "environment", "cause", "caused_by"];

/** Seconds for which a scenario without series is evaluated. */
export const watchedSeconds = 600;

/**
 * The test files of an alert's scenarios: one for each distance between samples, because promtool uses one interval per file.
 *
 * @param environment from which the series of the scenarios follow. For a mutant, its alert is the original one
 */
export function promtoolTests(alert: Alert, ruleFile: string, environment: StoryEnvironment): PromtoolTest[] {
  const scenarios = Object.entries(alert.scenarios);
  // The scenario determines which series may fire, also if a mutant joins by fewer labels.
  const expected = { ...alert, on: environment.alert.on ?? [] };
  const steps = new Set(scenarios.map(([, { stepSeconds }]) => stepSeconds));
  return [...steps].map((step = evaluationSeconds) => ({
    rule_files: [ruleFile],
    evaluation_interval: `${step}s`,
    tests: scenarios
      .filter(([, { stepSeconds = evaluationSeconds }]) => stepSeconds === step)
      .map(([title, scenario]) => ({
        name: `${alert.title}: ${title}`,
        ...testCase(expected, scenario, seriesOf(scenario, environment), step),
      })),
  }));
}

function testCase(alert: Alert, scenario: Scenario, told: StorySeries, step: number): Omit<TestCase, "name"> {
  const end = told.length || watchedSeconds;
  return {
    interval: `${step}s`,
    input_series: told.given.map((samples) => inputSeries(samples, step)),
    promql_expr_test: told.firing
      ? [...expectFiring(alert, told.firing, step), ...expectCalm(alert, told, step)]
      : expectSilence(alert, scenario, { end, step, series: told.given.length }),
  };
}

function expectFiring(
  alert: Alert,
  { after, by, resolves }: Required<StorySeries>["firing"],
  step: number,
): Expectation[] {
  return [
    expectNever(alertsSelector(alert, "firing"), after, step),
    expectAt(alert, by, true),
    ...(resolves ? [expectAt(alert, resolves.after, true), expectAt(alert, resolves.by, false)] : []),
  ];
}

/** Series that are healthy during the whole scenario never fire. */
function expectCalm(alert: Alert, { neighbours, length }: StorySeries, step: number): Expectation[] {
  return neighbours.map(({ label, value }) =>
    expectNever(alertsSelector(alert, "firing", [`${label}=${JSON.stringify(value)}`]), length, step),
  );
}

/** The expressions to evaluate, each with its period and step. */
interface Watched {
  readonly end: number;
  readonly step: number;
  readonly series: number;
}

function expectSilence(alert: Alert, { shows }: Scenario, watched: Watched): Expectation[] {
  const { end, step } = watched;
  return [
    expectNever(alertsSelector(alert, "firing"), end, step),
    ...(shows === "blip" || shows === "low traffic" ? [expectCrossing(alert, shows, watched)] : []),
  ];
}

/** The limit must have been crossed, otherwise the scenario proves nothing. */
function expectCrossing(alert: Alert, shows: Demanded, { end, step, series }: Watched): Expectation {
  if (shows === "blip" && alert.for !== undefined) return expectEver(alertsSelector(alert, "pending"), end, step);
  const beyond = alert.measures.map((measure) => promql`${measure} ${alert.comparison} ${alert.limit}`);
  const crossed = shows === "blip" ? `(${beyond.join(" or ")})` : promql`(${conjunction(beyond, alert.on)})`.text;
  const stepsPerLook = Math.ceil((end / step) * (Math.max(1, series) / mostSamples));
  return expectEver(crossed, end, stepsPerLook * step);
}

/** The alert fires with every label that identifies its series, and otherwise only with the labels of the rule. */
function expectAt(alert: Alert, seconds: number, fires: boolean): Expectation {
  const { on = [], labels = {} } = alert;
  const firing = alertsSelector(alert, "firing", fires ? on.map((label) => `${label}!=""`) : []);
  const known = [...on, ...Object.keys(labels), ...labelsOfRules];
  const expr = fires ? `group without (${known.join(", ")}) (${firing})` : `group(${firing})`;
  return { expr, eval_time: `${seconds}s`, exp_samples: fires ? one : [] };
}

function expectNever(expression: string, seconds: number, step: number): Expectation {
  return { ...expectEver(expression, seconds, step), exp_samples: [] };
}

/** Whether the expression had a value at any evaluation up to this time. */
function expectEver(expression: string, seconds: number, step: number): Expectation {
  const subquery = `${expression}[${seconds + 1}s:${step}s]`;
  return { expr: `group(present_over_time(${subquery}))`, eval_time: `${seconds}s`, exp_samples: one };
}

type State = "pending" | "firing";

function alertsSelector({ name }: Alert, state: State, matchers: readonly string[] = []): string {
  return `ALERTS{${[`alertname="${name}"`, `alertstate="${state}"`, ...matchers].join(",")}}`;
}

const one = [{ labels: "{}", value: 1 }];
