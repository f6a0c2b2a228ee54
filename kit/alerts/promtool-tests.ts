import { evaluationSeconds } from "../metrics/recording";
import { promql } from "../queries/query";
import { type Alert, conjunction } from "./alert";
import { inputSeries, type Samples } from "./samples";
import type { Scenario } from "./scenario";
import { type Told, type ToldStory, toldStory } from "./told-story";

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

/** Of an expression that is looked at over time: promtool gives up above 10,000 samples. */
const mostSteps = 2000;

/** Seconds for which a story without series is watched. */
const watchedSeconds = 600;

/**
 * The alert's scenarios: a file for each step between samples, because promtool evaluates a whole file at one.
 *
 * @param told the alert whose `for` and limit the stories follow: of a mutant, the one that it was made of
 */
export function promtoolTests(alert: Alert, ruleFile: string, told: Told = alert): PromtoolTest[] {
  const scenarios = Object.entries(alert.scenarios);
  const steps = new Set(scenarios.map(([, { stepSeconds }]) => stepSeconds));
  return [...steps].map((step = evaluationSeconds) => ({
    rule_files: [ruleFile],
    evaluation_interval: `${step}s`,
    tests: scenarios
      .filter(([, { stepSeconds = evaluationSeconds }]) => stepSeconds === step)
      .map(([title, scenario]) => testCase(alert, title, toldStory(scenario, told), scenario, step)),
  }));
}

function testCase(alert: Alert, title: string, told: ToldStory<Samples>, scenario: Scenario, step: number): TestCase {
  return {
    name: `${alert.title}: ${title}`,
    interval: `${step}s`,
    input_series: told.given.map((samples) => inputSeries(samples, step)),
    promql_expr_test: told.firing
      ? expectFiring(alert, told.firing, step)
      : expectSilence(alert, scenario, told.length || watchedSeconds, step),
  };
}

function expectFiring(
  alert: Alert,
  { after, by, resolves }: Required<ToldStory<Samples>>["firing"],
  step: number,
): Expectation[] {
  return [
    expectNever(alertsSelector(alert, "firing"), after, step),
    expectAt(alert, by, true),
    ...(resolves ? [expectAt(alert, resolves.after, true), expectAt(alert, resolves.by, false)] : []),
  ];
}

function expectSilence(alert: Alert, scenario: Scenario, end: number, step: number): Expectation[] {
  return [
    expectNever(alertsSelector(alert, "firing"), end, step),
    ...crossingConditions(alert, scenario).map((expression) =>
      expectEver(expression, end, Math.ceil(end / mostSteps / step) * step),
    ),
  ];
}

/** What must have been so, or the story proves nothing. */
function crossingConditions(alert: Alert, { shows }: Scenario): string[] {
  const beyond = alert.measures.map((measure) => promql`${measure} ${alert.comparison} ${alert.limit}`);
  if (shows === "low traffic") return [promql`(${conjunction(beyond, alert.on)})`.text];
  if (shows !== "blip") return [];
  return [alert.for === undefined ? `(${beyond.join(" or ")})` : alertsSelector(alert, "pending")];
}

function expectAt(alert: Alert, seconds: number, fires: boolean): Expectation {
  return { expr: `group(${alertsSelector(alert, "firing")})`, eval_time: `${seconds}s`, exp_samples: fires ? one : [] };
}

function expectNever(expression: string, seconds: number, step: number): Expectation {
  return { ...expectEver(expression, seconds, step), exp_samples: [] };
}

/** Whether the expression had a value at any evaluation up to then. */
function expectEver(expression: string, seconds: number, step: number): Expectation {
  const subquery = `${expression}[${seconds + 1}s:${step}s]`;
  return { expr: `group(present_over_time(${subquery}))`, eval_time: `${seconds}s`, exp_samples: one };
}

type State = "pending" | "firing";

function alertsSelector({ name }: Alert, state: State): string {
  return `ALERTS{alertname="${name}",alertstate="${state}"}`;
}

const one = [{ labels: "{}", value: 1 }];
