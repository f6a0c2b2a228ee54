import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { scrapeSeconds } from "../../dashboards/grafana/data-sources";
import type { Model } from "../../kit/dashboards/dashboard";
import { choiceOf, panelsOf } from "../../kit/dashboards/model";
import { type Target, targetsOf } from "../../kit/dashboards/targets";
import { streamSelectors } from "../../kit/queries/logql/stream-selectors";
import { selectors } from "../../kit/queries/promql/selectors";
import type { Evaluation } from "./answers";
import { intervalsOf } from "./intervals";
import { type Choices, completeVariables } from "./variables";

/** A query of a panel, with its variables replaced by the values that they have when the dashboard is opened. */
export interface Question {
  readonly dashboard: string;
  readonly panel: string;
  readonly language: "promql" | "logql";
  readonly expression: string;
  readonly evaluation: Evaluation;
  /** Selectors of the query. Each must find series by itself, because an `or` can hide that one finds none. */
  readonly selectors: readonly string[];
  /** The text that the panel shows for an empty result. @default the panel shows no such text */
  readonly empty?: string;
  /** Whether the panel is in a row that starts collapsed. Grafana sends its queries when somebody opens the row. */
  readonly collapsed: boolean;
}

/** A query before its variables are replaced. */
interface QueryTemplate extends Pick<Question, "panel" | "collapsed" | "evaluation" | "empty"> {
  readonly text: string;
  readonly logs: boolean;
  readonly rateSeconds: number;
}

/** Every query of a dashboard: of its panels, its annotations, and its variables. */
export function questionsOf(model: Model, choices: Choices): readonly Question[] {
  const collapsed = new Set((model.panels ?? []).flatMap((panel) => ("panels" in panel ? panel.panels : [])));
  const panelQueries = panelsOf(model).flatMap((panel) =>
    targetsOf(panel).map((target) => panelQuery(panel, target, collapsed.has(panel))),
  );
  return [...panelQueries, ...annotationQueries(model), ...variableQueries(model)]
    .filter(({ text }) => text !== "")
    .map((template) => ({ dashboard: model.title, ...completeQuery(template, choices) }));
}

function panelQuery(panel: Panel, target: Target, collapsed: boolean): QueryTemplate {
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

const defaults = { logs: false, collapsed: false, rateSeconds: 4 * scrapeSeconds };

function annotationQueries({ annotations }: Model): QueryTemplate[] {
  return (annotations.list ?? []).map(({ name, expr }) => ({
    ...defaults,
    panel: `annotation ${name}`,
    text: expr ?? "",
    empty: "no such event happened",
    evaluation: { stepSeconds: 60 },
  }));
}

function variableQueries({ templating }: Model): QueryTemplate[] {
  return (templating.list ?? []).map(({ name, query }) => ({
    ...defaults,
    panel: `variable ${name}`,
    text: choiceOf(query).text ?? "",
    evaluation: "at the end",
  }));
}

function completeQuery(template: QueryTemplate, choices: Choices): Omit<Question, "dashboard"> {
  const { panel, text, logs, empty, evaluation, rateSeconds, collapsed } = template;
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

/** Grafana's built-in variables, for a time range of an hour. */
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
