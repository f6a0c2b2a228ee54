import type { Model } from "../../kit/dashboards/dashboard";
import { choiceOf, panelsOf, targetsOf } from "../../kit/dashboards/model";
import { selectors } from "../../kit/queries/promql/selectors";

/** What a panel asks, with its variables filled in as they are when the dashboard is opened. */
export interface Question {
  readonly dashboard: string;
  readonly panel: string;
  readonly language: "promql" | "logql";
  readonly expression: string;
  /** What it reads: each must be there by itself, whatever an `or` makes of its absence. */
  readonly selectors: readonly string[];
  /** The text with which the panel explains an empty answer. @default an empty answer has no explanation */
  readonly empty?: string;
}

/** Values of a dashboard's variables, by name. */
export type Choices = Readonly<Record<string, string>>;

/** Every question of a dashboard: of its panels, its annotations, and its variables. */
export function questionsOf(model: Model, choices: Choices): readonly Question[] {
  const asked = panelsOf(model).flatMap((panel) =>
    targetsOf(panel).map((target) => ({
      panel: panel.title ?? "",
      text: target.expr ?? "",
      logs: target.datasource?.type === "loki",
      empty: panel.fieldConfig?.defaults.noValue,
    })),
  );
  const marks = (model.annotations.list ?? []).map(({ name, expr }) => ({
    panel: `annotation ${name}`,
    text: expr ?? "",
    logs: false,
    empty: "nothing of the kind happened",
  }));
  const offered = (model.templating.list ?? []).map(({ name, query }) => ({
    panel: `variable ${name}`,
    text: choiceOf(query).text ?? "",
    logs: false,
    empty: undefined,
  }));
  return [...asked, ...marks, ...offered]
    .filter(({ text }) => text !== "")
    .map(({ panel, text, logs, empty }) => ({
      dashboard: model.title,
      panel,
      language: logs ? "logql" : "promql",
      expression: completeVariables(text, choices),
      selectors: logs
        ? streams(text, choices)
        : [...new Set(selectors(text).map((one) => completeVariables(one.text, choices)))],
      ...(empty && { empty }),
    }));
}

function streams(logql: string, choices: Choices): string[] {
  return [...new Set(completeVariables(logql, choices).match(/\{[^{}]*\}/g) ?? [])];
}

/** Of a panel over the last hour, as wide as its scrapes allow. */
const machine: Choices = { __rate_interval: "2m", __interval: "30s", __range: "1h", __auto: "2m" };

function completeVariables(text: string, choices: Choices): string {
  const known: Choices = { ...machine, ...choices };
  return text.replace(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, (whole, braced, plain) => known[braced ?? plain] ?? whole);
}
