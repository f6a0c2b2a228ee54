import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import type { Model } from "../../kit/dashboards/dashboard";
import { choiceOf, panelsOf, type Target, targetsOf } from "../../kit/dashboards/model";
import { streamSelectors } from "../../kit/queries/logql/stream-selectors";
import { selectors } from "../../kit/queries/promql/selectors";
import type { Evaluation } from "./answers";
import { intervalsOf } from "./intervals";
import { type Choices, completeVariables } from "./variables";

/** A query of a panel, with the values that its variables have when the dashboard is opened. */
export interface Question {
  readonly dashboard: string;
  readonly panel: string;
  readonly language: "promql" | "logql";
  readonly expression: string;
  readonly evaluation: Evaluation;
  /** The selectors of the query: each must find series by itself, even if an `or` replaces a missing one. */
  readonly selectors: readonly string[];
  /** The text with which the panel explains an empty result. @default the panel has no such text */
  readonly empty?: string;
  /** Whether the panel is in a row that starts collapsed: Grafana sends the query when somebody opens the row. */
  readonly collapsed: boolean;
}

/** A question before its variables are replaced. */
interface Written extends Pick<Question, "panel" | "collapsed" | "evaluation" | "empty"> {
  readonly text: string;
  readonly logs: boolean;
  readonly rateSeconds: number;
}

/** Every query of a dashboard: those of its panels, annotations and variables. */
export function questionsOf(model: Model, choices: Choices): readonly Question[] {
  const collapsed = new Set((model.panels ?? []).flatMap((panel) => ("panels" in panel ? panel.panels : [])));
  const asked = panelsOf(model).flatMap((panel) =>
    targetsOf(panel).map((target) => writtenQuestion(panel, target, collapsed.has(panel))),
  );
  return [...asked, ...marks(model), ...offers(model)]
    .filter(({ text }) => text !== "")
    .map((written) => ({ dashboard: model.title, ...completeQuestion(written, choices) }));
}

function writtenQuestion(panel: Panel, target: Target, collapsed: boolean): Written {
  const { expr = "", datasource, instant = false, range = false } = target;
  const empty = panel.fieldConfig?.defaults?.noValue;
  const { stepSeconds, rateSeconds } = intervalsOf(panel, target);
  return {
    panel: panel.title ?? "",
    text: expr,
    logs: datasource?.type === "loki",
    ...(empty && { empty }),
    evaluation: instant && !range ? "at the end" : { stepSeconds },
    rateSeconds,
    collapsed,
  };
}

const always = { logs: false, collapsed: false, rateSeconds: 4 * scrapeSeconds };

function marks({ annotations }: Model): Written[] {
  return (annotations.list ?? []).map(({ name, expr }) => ({
    ...always,
    panel: `annotation ${name}`,
    text: expr ?? "",
    empty: "nothing of the kind happened",
    evaluation: { stepSeconds: 60 },
  }));
}

function offers({ templating }: Model): Written[] {
  return (templating.list ?? []).map(({ name, query }) => ({
    ...always,
    panel: `variable ${name}`,
    text: choiceOf(query).text ?? "",
    evaluation: "at the end",
  }));
}

function completeQuestion(written: Written, choices: Choices): Omit<Question, "dashboard"> {
  const { panel, text, logs, empty, evaluation, rateSeconds, collapsed } = written;
  const known = { ...valuesOf(evaluation, rateSeconds), ...choices };
  return {
    panel,
    language: logs ? "logql" : "promql",
    expression: completeVariables(text, known),
    evaluation,
    collapsed,
    selectors: logs
      ? streamSelectors(completeVariables(text, known))
      : [...new Set(selectors(text).map((one) => completeVariables(one.text, known)))],
    ...(empty && { empty }),
  };
}

/** Variables that Grafana itself sets, for an hour. */
function valuesOf(evaluation: Evaluation, rateSeconds: number): Choices {
  const step = evaluation === "at the end" ? scrapeSeconds : evaluation.stepSeconds;
  return {
    __rate_interval: `${rateSeconds}s`,
    __interval: `${step}s`,
    __interval_ms: String(1000 * step),
    __range: "3600s",
    __range_s: "3600",
    __auto: "60s",
  };
}
