import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Run } from "../commands/run-tool";
import type { Alert } from "../kit/alerts/alert";
import type { PromtoolTest } from "../kit/alerts/stories/promtool-tests";
import type { Catalogue } from "../kit/metrics/catalogue";
import { scenarioFiles } from "./scenarios";

/** The text of an alert that fires in a scenario. */
export interface AlertText {
  readonly story: string;
  readonly description: string;
}

/** The descriptions that Prometheus sends during the scenarios of the alerts, with the scenarios' values. */
export function storyTexts(promtool: Run, alerts: readonly Alert[], catalogue: Catalogue): readonly AlertText[] {
  const files = alerts.map((alert) => {
    const { rules, tests } = scenarioFiles({ alert }, catalogue);
    return { rules, tests: tests.map((file) => ({ ...file, tests: file.tests.flatMap(expectNothing) })) };
  });
  return renderedTexts(promtool, files);
}

type Story = PromtoolTest["tests"][number];

/** The scenario until its alert must fire, with the false expectation that it does not fire. */
function expectNothing({ promql_expr_test, ...story }: Story) {
  const firing = promql_expr_test.find(({ expr, exp_samples }) => exp_samples.length > 0 && /="firing"/.test(expr));
  if (!firing) return [];
  const alertname = /alertname="(\w+)"/.exec(firing.expr)?.[1];
  return [{ ...story, alert_rule_test: [{ eval_time: firing.eval_time, alertname, exp_alerts: [] }] }];
}

/** The description that Prometheus renders from a template with a value. */
export function textOf(promtool: Run, template: string, value: number, labels: Readonly<Record<string, string>> = {}) {
  const expr = Object.entries(labels).reduce(
    (vector, [name, text]) => `label_replace(${vector}, "${name}", "${text}", "", "")`,
    `vector(${value})`,
  );
  const rule = { alert: "Text", expr, annotations: { description: template } };
  const test = {
    name: "text",
    interval: "1m",
    input_series: [],
    alert_rule_test: [{ eval_time: "1m", alertname: "Text", exp_alerts: [] }],
  };
  const rules = { groups: [{ name: "text", rules: [rule] }] };
  const tests = [{ rule_files: ["rules.yaml"], tests: [test] }];
  return renderedTexts(promtool, [{ rules, tests }])[0]?.description;
}

/** The rendered texts: promtool prints them for alerts that fire although the test expects none. */
function renderedTexts(
  promtool: Run,
  files: readonly { readonly rules: object; readonly tests: readonly object[] }[],
): readonly AlertText[] {
  const directory = mkdtempSync(join(tmpdir(), "alert-texts-"));
  try {
    const written = files.flatMap(({ rules, tests }, index) => {
      const folder = join(directory, `${index}`);
      mkdirSync(folder);
      writeFileSync(join(folder, "rules.yaml"), stringify(rules));
      return tests.map((test, number) => {
        const file = join(folder, `${number}.yaml`);
        writeFileSync(file, stringify(test));
        return file;
      });
    });
    return readTexts(promtool("test", "rules", ...written).output);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function readTexts(output: string): readonly AlertText[] {
  const lines = output.matchAll(
    /^ +name: (?<story>.+),$|\bAnnotations:\{.*?\bdescription=(?<text>"(?:\\.|[^"\\])*")/gm,
  );
  let current = "";
  return [...lines].flatMap(({ groups: { story, text } = {} }) => {
    current = story ?? current;
    return text === undefined ? [] : [{ story: current, description: JSON.parse(text) as string }];
  });
}

/** Flaws that make a text hard to read for somebody who was just woken. */
const flaws: Readonly<Record<string, (text: string) => boolean>> = {
  "a prefix for thousandths or less": (text) => /\d[mµnp]\s+[a-z]/.test(text),
  "a plural after 1": (text) => /(?<![\w.-])1 (?:\w+ )?\w+s\b/.test(text),
  "the output of a failed template": (text) => /<no value>|<error|%!|\bNaN\b|\bInf\b/.test(text),
  "an empty label": (text) => / {2}| [,.;:]|\(\)|\/[\s,.]|^\s|\s$/.test(text),
  "more than four digits": (text) => numbersIn(text).some((digits) => digits.length > 4),
  "a complete failure worded as a partial one": (text) => text.includes("all but 100%"),
};

export function flawsOf(text: string): readonly string[] {
  return Object.entries(flaws).flatMap(([flaw, hasFlaw]) => (hasFlaw(text) ? [flaw] : []));
}

/** The significant digits of each number that is not part of a name, an address or a version. */
function numbersIn(text: string): readonly string[] {
  const numbers = text.matchAll(/(?<![\w./:-])\d+(?:\.\d+)?(?![\d.]*[.:-]\w)/g);
  return [...numbers].map(([number]) => number.replace(".", "").replace(/^0+/, ""));
}
