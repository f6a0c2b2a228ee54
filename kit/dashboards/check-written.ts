import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import { checkLogql } from "../queries/logql/check-logql";
import type { LogVocabulary } from "../queries/logql/log-query";
import { type CheckedQuery, checkPromql } from "../queries/promql/check-promql";
import { metricNames } from "../queries/promql/metric-names";
import { queryFault } from "../queries/query-finding";
import type { Vocabulary } from "../queries/series";
import { checkShownNames } from "./check-shown-names";
import { checkPanelUnits } from "./check-units";
import type { Model } from "./dashboard";
import { choiceOf, panelsOf } from "./model";
import { type Target, targetsOf } from "./targets";

/** What dashboards that somebody wrote in Grafana can read. */
export interface WrittenContext {
  /** Known metrics. Others may exist, with any labels. */
  readonly vocabulary: Vocabulary;
  /** Known labels of log lines. Others may exist. */
  readonly logs: LogVocabulary;
  /** Uids of the data sources of Grafana. */
  readonly dataSources: readonly string[];
}

/** Faults of the queries of a dashboard, of their data sources, and of the labels, columns and units that panels show. */
export function checkWrittenDashboard(model: Model, path: string, context: WrittenContext): Fault[] {
  return [
    ...panelsOf(model).flatMap((panel) => checkPanel(model, panel, path, context)),
    ...variableQueries(model).flatMap(({ name, expression }) =>
      checkPromql(expression, context.vocabulary, { unknownMetrics: "open" }).findings.map((finding) =>
        queryFault(`${path}: variable "${name}"`, expression, finding),
      ),
    ),
  ];
}

/** Names of the metrics that the dashboard reads. */
export function metricsRead(model: Model): readonly string[] {
  const queries = panelsOf(model).flatMap((panel) =>
    targetsOf(panel).flatMap((target) => (isOfLoki(target) ? [] : (target.expr ?? []))),
  );
  const expressions = [...queries, ...variableQueries(model).map(({ expression }) => expression)];
  return [...new Set(expressions.flatMap((one) => [...metricNames(one)]))];
}

function checkPanel(model: Model, panel: Panel, path: string, context: WrittenContext): Fault[] {
  const place = `${path}: ${panel.title ? `panel "${panel.title}"` : `panel ${panel.id ?? ""} without a title`}`;
  const asked = targetsOf(panel).map((target) => ({
    target,
    at: `${place}: query ${target.refId}`,
    ...checkExpression(target, context),
  }));
  return [
    ...asked.flatMap(({ target, at, findings }) => [
      ...checkDataSource(model, target, at, context.dataSources),
      ...findings.map((finding) => queryFault(at, target.expr ?? "", finding)),
    ]),
    ...checkShownNames(panel, asked, place),
    ...checkPanelUnits(panel, asked, place),
  ];
}

/** The query of a panel that shows the result of another panel has no text. */
function checkExpression(target: Target, { vocabulary, logs }: WrittenContext): CheckedQuery {
  const { expr } = target;
  if (expr === undefined || expr === "") return { findings: [], series: undefined };
  const checked = isOfLoki(target)
    ? checkLogql(expr, { ...logs, open: true })
    : checkPromql(expr, vocabulary, { unknownMetrics: "open" });
  return checked.findings.length > 0 ? { ...checked, series: undefined } : checked;
}

function isOfLoki({ datasource }: Target): boolean {
  return datasource?.type === "loki";
}

/** A panel whose data source Grafana does not have stays empty. */
function checkDataSource(model: Model, { datasource }: Target, place: string, known: readonly string[]): Fault[] {
  const uid = datasource?.uid;
  const variables = (model.templating.list ?? [])
    .filter(({ type }) => type === "datasource")
    .map(({ name }) => `\${${name}}`);
  // Grafana's own data sources, such as `-- Mixed --`.
  if (uid !== undefined && (uid.startsWith("-- ") || known.includes(uid) || variables.includes(braced(uid)))) return [];
  const rule = "must be sent to a data source of Grafana, or to a variable of the type `datasource`";
  return [{ place, rule, value: uid ?? "none", remedy: `use one of ${[...known, ...variables].join(", ")}` }];
}

/** The reference to a variable in one of its two forms, `$name` and `${name}`, in the second one. */
function braced(reference: string): string {
  return reference.replace(/^\$(\w+)$/, (_, name: string) => `\${${name}}`);
}

/** The queries of variables about series: `label_values(series, label)` and `query_result(expression)`. */
function variableQueries({ templating }: Model): readonly { readonly name: string; readonly expression: string }[] {
  return (templating.list ?? []).flatMap(({ name, type, query }) => {
    const { text, listed } = type === "query" ? choiceOf(query) : {};
    if (text === undefined) return [];
    return [{ name, expression: listed === undefined ? text : `group by (${listed}) (${text})` }];
  });
}
