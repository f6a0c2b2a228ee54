import { evaluationSeconds } from "../../metrics/recording";
import { promql } from "../../queries/query";
import { type Alert, conjunction } from "../alert";
import { type Claim, claims } from "./claims";
import { inputSeries } from "./samples";
import type { Scenario } from "./scenario";
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

/** A query that promtool evaluates at one time, and the series that it must return. */
export interface Expectation {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}

/** Maximum number of samples of a range query: promtool fails above 10,000. */
const mostSamples = 4000;

/** Labels that every alert gets from its rule or from Prometheus. */
export const labelsOfRules = [
  "alertname",
  "alertstate",
  "severity",
  "service",
  "team",
  "environment",
  "cause",
  "caused_by",
];

/** Seconds for which a scenario without series is evaluated. */
export const watchedSeconds = 600;

/** A scenario of an alert as promtool plays it. */
export interface StoryTest {
  readonly title: string;
  readonly scenario: Scenario;
  readonly story: StorySeries;
  /** Seconds between two samples, and between two evaluations. */
  readonly step: number;
  /** Second of the last evaluation. */
  readonly end: number;
  /** The expectations of the scenario, each with the expression by which promtool checks it. */
  readonly checks: readonly { readonly claim: Claim; readonly expectation: Expectation }[];
}

/**
 * The alert's scenarios with their expectations.
 *
 * @param environment from which the series of the scenarios follow. For a mutant, its alert is the original one
 */
export function storyTests(alert: Alert, environment: StoryEnvironment): readonly StoryTest[] {
  // The scenario determines which series may fire, even if a mutant joins by fewer labels.
  const expected = { ...alert, on: environment.alert.on ?? [] };
  return Object.entries(alert.scenarios).map(([title, scenario]) => {
    const story = seriesOf(scenario, environment);
    const step = scenario.stepSeconds ?? evaluationSeconds;
    const end = story.length || watchedSeconds;
    const checks = claims(alert, scenario, story, end).map((claim) => ({
      claim,
      expectation: expectation(expected, claim, { step, series: story.given.length }),
    }));
    return { title, scenario, story, step, end, checks };
  });
}

/** The alert's scenarios, in files for promtool. */
export function promtoolTests(alert: Alert, ruleFile: string, environment: StoryEnvironment): PromtoolTest[] {
  return promtoolFiles(alert, ruleFile, storyTests(alert, environment));
}

/**
 * The test files of an alert's scenarios: one for each distance between samples, because promtool uses one interval per file.
 *
 * @param observed expressions whose values promtool also reports, at every evaluation. @default none
 */
export function promtoolFiles(
  { title }: Pick<Alert, "title">,
  ruleFile: string,
  tests: readonly StoryTest[],
  observed: readonly string[] = [],
): PromtoolTest[] {
  const steps = new Set(tests.map(({ step }) => step));
  return [...steps].map((step) => ({
    rule_files: [ruleFile],
    evaluation_interval: `${step}s`,
    tests: tests
      .filter((test) => test.step === step)
      .map((test) => ({
        name: `${title}: ${test.title}`,
        interval: `${step}s`,
        input_series: test.story.given.map((samples) => inputSeries(samples, step)),
        promql_expr_test: [
          ...test.checks.map(({ expectation }) => expectation),
          ...evaluationsOf(test).flatMap((seconds) => observed.map((expr) => observation(expr, seconds))),
        ],
      })),
  }));
}

/** The seconds of all evaluations. */
export function evaluationsOf({ step, end }: Pick<StoryTest, "step" | "end">): readonly number[] {
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

/** promtool prints the values of an expression that is expected to have none. */
function observation(expr: string, seconds: number): Expectation {
  return { expr, eval_time: `${seconds}s`, exp_samples: [] };
}

/** Seconds between two evaluations, and the number of series of a scenario. */
interface Watched {
  readonly step: number;
  readonly series: number;
}

function expectation(alert: Alert, claim: Claim, watched: Watched): Expectation {
  const { seconds } = claim;
  const { step } = watched;
  switch (claim.kind) {
    case "silent until":
    case "never fires":
      return expectNever(alertsSelector(alert, "firing"), seconds, step);
    case "never fires for":
      return expectNever(
        alertsSelector(alert, "firing", [`${claim.label}=${JSON.stringify(claim.value)}`]),
        seconds,
        step,
      );
    case "firing by":
    case "still firing at":
      return expectAt(alert, seconds, true);
    case "resolved by":
      return expectAt(alert, seconds, false);
    case "pending at least once":
      return expectEver(alertsSelector(alert, "pending"), seconds, step);
    case "a measure beyond the limit at least once":
    case "every measure beyond the limit at least once":
      return expectCrossing(alert, claim.kind.startsWith("every"), seconds, watched);
  }
}

/** The limit must have been crossed, otherwise the scenario proves nothing. */
function expectCrossing(alert: Alert, byAll: boolean, end: number, { step, series }: Watched): Expectation {
  const beyond = alert.measures.map((measure) => promql`${measure} ${alert.comparison} ${alert.limit}`);
  const crossed = byAll ? promql`(${conjunction(beyond, alert.on)})`.text : `(${beyond.join(" or ")})`;
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
