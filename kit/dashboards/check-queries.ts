import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import type { AnyAlert, PlaceOf } from "../alerts/alert";
import { inSeconds } from "../queries/duration";
import { checkLogql } from "../queries/logql/check-logql";
import type { LogVocabulary } from "../queries/logql/log-query";
import { suggestion } from "../queries/matching";
import { type CheckedQuery, checkPromql } from "../queries/promql/check-promql";
import { type QueryFinding, queryFault } from "../queries/query-finding";
import { labelNames, lacks, type Vocabulary } from "../queries/series";
import { drawsMeasure } from "./alert-measure";
import { checkBranches } from "./check-branches";
import { checkReplacements } from "./check-replacements";
import { checkAnnotationTexts, checkShownNames } from "./check-shown-names";
import { checkStatedFigures } from "./check-stated-figures";
import { checkPanelUnits } from "./check-units";
import type { Model } from "./dashboard";
import { choiceOf, modelPlace, panelPlace, panelsOf } from "./model";
import type { PanelContext } from "./panel-context";
import { type Target, targetsOf } from "./targets";

/** The contents of an environment that dashboards are checked against. */
export interface Known extends Pick<PanelContext, "deployed"> {
  readonly vocabulary: Vocabulary;
  readonly logs: LogVocabulary;
  readonly alerts: readonly AnyAlert[];
  /** Expressions of the alerts that are shown by a panel. */
  readonly shown: { has(expression: string): boolean };
  /** Seconds between two scrapes that Grafana assumes for a panel without `scrapeSeconds`. */
  readonly scrapeSeconds: number;
  /** The function that returns the place at which faults of an alert are reported. @default `alert <title>` */
  readonly placeOf?: PlaceOf;
}

/**
 * Faults of the queries of panels, annotations and variables, of their data sources, and of the labels, columns and
 * units that are shown.
 */
export function checkQueries(model: Model, known: Known): Fault[] {
  return [
    ...panelsOf(model).flatMap((panel) => checkPanel(model, panel, known)),
    ...checkAnnotations(model, known),
    ...checkVariableQueries(model, known),
  ];
}

function checkPanel(model: Model, panel: Panel, known: Known): Fault[] {
  const place = panelPlace(model, panel);
  const asked = targetsOf(panel).map((target) => ({
    target,
    at: `${place}: query ${target.refId}`,
    ...checkExpression(target, target.interval ? inSeconds(target.interval) : known.scrapeSeconds, known),
  }));
  return [
    ...asked.flatMap(({ target, at, findings }) => [
      ...checkDataSource(model, target, at),
      // The alert reports the faults of its measures.
      ...(known.alerts.some((alert) => drawsMeasure(alert, target.expr)) ? [] : queryFaults(target, at, findings)),
      ...checkFigures(panel, target, at, known),
    ]),
    ...checkShownNames(panel, asked, place),
    ...checkReplacements(panel, place),
    ...checkPanelUnits(panel, asked, place),
  ];
}

function checkDataSource(model: Model, { datasource }: Target, place: string): Fault[] {
  const sources = (model.templating.list ?? []).filter(({ type }) => type === "datasource");
  const names = sources.filter(({ query }) => query === datasource?.type).map(({ name }) => `\${${name}}`);
  if (datasource?.uid && names.includes(datasource.uid)) return [];
  const rule = "must be sent to a data source that the dashboard has a variable for";
  return [{ place, rule, value: datasource?.uid ?? "none", remedy: `use ${names.join(" or ") || "such a variable"}` }];
}

/**
 * `$__rate_interval` is at least four times the step, and must contain four scrapes at every zoom. The query is checked
 * with the shortest interval, which finds the faults of all others.
 */
function checkExpression({ expr = "", datasource }: Target, step: number, known: Known): CheckedQuery {
  const checked =
    datasource?.type === "loki"
      ? checkLogql(expr, known.logs)
      : checkPromql(expr, known.vocabulary, { rateInterval: 4 * step });
  // The labels of a wrong query are not known.
  return checked.findings.length > 0 ? { ...checked, series: undefined } : checked;
}

function queryFaults({ expr = "" }: Target, place: string, findings: readonly QueryFinding[]): Fault[] {
  return findings.map((finding) => queryFault(place, expr, finding));
}

/** Faults of the figures that a panel states about its query. The measure of an alert is described by the alert. */
function checkFigures(panel: Panel, target: Target, place: string, { alerts, vocabulary }: Known): Fault[] {
  const { expr = "", datasource } = target;
  const isPromql = datasource?.type === "prometheus";
  const branches = isPromql ? checkBranches(expr, vocabulary, place) : [];
  if (alerts.some((alert) => drawsMeasure(alert, expr))) return branches;
  const window = isPromql ? checkWindow(expr, place, alerts) : [];
  return [...branches, ...(window.length > 0 ? window : checkStatedFigures(panel, target, place))];
}

/** A rate over a fixed window hides changes between two points of a long range. Measures of alerts keep their windows. */
function checkWindow(expr: string, place: string, alerts: Known["alerts"]): Fault[] {
  // Few queries have a fixed window, so measures are removed from these queries only.
  const found = fixedRate(expr) && fixedRate(withoutMeasures(expr, alerts));
  if (!found) return [];
  const rule = `${found.name}() must follow the zoom`;
  return [{ place, rule, value: `[${found.window}]`, remedy: "write [$__rate_interval]" }];
}

function fixedRate(expr: string): { readonly name: string; readonly window: string } | undefined {
  const plain = expr.replace(/"(?:\\.|[^"\\])*"/g, '""');
  const [, name, window] = plain.match(/\b(i?rate|increase)\s*\([^[]*\[(\d[^\]]*|\$__interval)\]/) ?? [];
  return name === undefined || window === undefined ? undefined : { name, window };
}

function withoutMeasures(expr: string, alerts: Known["alerts"]): string {
  const measures = alerts.flatMap((alert) => alert.measures.map(({ text }) => text));
  return measures.reduce((left, measure) => left.replaceAll(measure, ""), expr);
}

function checkAnnotations(model: Model, known: Known): Fault[] {
  return (model.annotations.list ?? []).flatMap((annotation) => {
    const { name, expr, datasource } = annotation;
    const target = { ...(expr && { expr }), ...(datasource && { datasource }) };
    const place = modelPlace(model, `annotation "${name}"`);
    const { findings, series } = checkExpression(target, known.scrapeSeconds, known);
    return [
      ...checkDataSource(model, target, place),
      ...queryFaults(target, place, findings),
      ...checkAnnotationTexts(annotation, series, place),
    ];
  });
}

function checkVariableQueries(model: Model, { vocabulary }: Known): Fault[] {
  const asked = (model.templating.list ?? []).filter(({ type }) => type === "query");
  return asked.flatMap(({ name, query, regex }) => {
    const place = modelPlace(model, `variable "${name}"`);
    const { text, listed } = choiceOf(query);
    if (text === undefined) {
      const rule = "must be label_values(series, label) or query_result(expression)";
      return [{ place, rule, value: String(query), remedy: "use one of the two functions" }];
    }
    // The values of a label do not depend on the values of a counter.
    const expression = listed ? `group by (${listed}) (${text})` : text;
    const checked = checkPromql(expression, vocabulary);
    const label = listed ?? regex?.match(/^\/(\w+)=/)?.[1] ?? "";
    const faults = checked.findings.map((finding) => queryFault(place, expression, finding));
    if (faults.length > 0 || !checked.series || !lacks(checked.series, label)) return faults;
    return [{ place, rule: `unknown label "${label}"`, remedy: suggestion(label, labelNames(checked.series)) }];
  });
}
