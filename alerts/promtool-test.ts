import { evaluationSeconds } from "../metrics/jobs";
import { inSeconds } from "../queries/duration";
import { promql } from "../queries/query";
import type { Alert } from "./alert";
import { inputSeries, length } from "./samples";
import type { Scenario } from "./scenario";

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

/** Seconds for which a story without series is watched. */
const watched = 600;

/** The alert's scenarios: a file for each step between samples, because promtool evaluates a whole file at one. */
export function promtoolTests(alert: Alert, ruleFile: string): PromtoolTest[] {
  const told = Object.entries(alert.scenarios);
  const steps = new Set(told.map(([, { stepSeconds }]) => stepSeconds));
  return [...steps].map((step = evaluationSeconds) => ({
    rule_files: [ruleFile],
    evaluation_interval: `${step}s`,
    tests: told
      .filter(([, { stepSeconds = evaluationSeconds }]) => stepSeconds === step)
      .map(([title, scenario]) => testCase(alert, title, scenario, step)),
  }));
}

function testCase(alert: Alert, title: string, scenario: Scenario, step: number): TestCase {
  return {
    name: `${alert.name}: ${title}`,
    interval: `${step}s`,
    input_series: scenario.given.map((samples) => inputSeries(samples, step)),
    promql_expr_test: scenario.outcome === "fires" ? firing(alert, scenario) : silence(alert, scenario),
  };
}

function firing(alert: Alert, scenario: Scenario & { outcome: "fires" }): Expectation[] {
  const at = (time: string) => inSeconds(scenario.onset ?? "0s") + inSeconds(time);
  const { after, by, resolves } = scenario;
  return [
    never(alert, "firing", at(after)),
    now(alert, at(by), true),
    ...(resolves ? [now(alert, at(resolves.after), true), now(alert, at(resolves.by), false)] : []),
  ];
}

function silence(alert: Alert, scenario: Scenario): Expectation[] {
  const end = length(scenario.given) || watched;
  const crossed = scenario.shows === "low traffic" || (scenario.shows === "blip" && alert.for === undefined);
  return [
    never(alert, "firing", end),
    ...(scenario.shows === "blip" && alert.for !== undefined ? [ever(alerts(alert, "pending"), end)] : []),
    ...(crossed ? [ever(promql`(${alert.measure} ${alert.comparison} ${alert.limit})`.text, end)] : []),
  ];
}

function now(alert: Alert, seconds: number, fires: boolean): Expectation {
  return { expr: `group(${alerts(alert, "firing")})`, eval_time: `${seconds}s`, exp_samples: fires ? one : [] };
}

function never(alert: Alert, state: State, seconds: number): Expectation {
  return { ...ever(alerts(alert, state), seconds), exp_samples: [] };
}

/** Whether the expression had a value at any time up to then. */
function ever(expression: string, seconds: number): Expectation {
  const subquery = `${expression}[${seconds + 1}s:${evaluationSeconds}s]`;
  return { expr: `group(present_over_time(${subquery}))`, eval_time: `${seconds}s`, exp_samples: one };
}

type State = "pending" | "firing";

function alerts({ name }: Alert, state: State): string {
  return `ALERTS{alertname="${name}",alertstate="${state}"}`;
}

const one = [{ labels: "{}", value: 1 }];
