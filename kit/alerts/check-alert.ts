import type { Fault } from "../../faults";
import { inSeconds, longestSeconds } from "../queries/duration";
import { type CheckedQuery, checkPromql } from "../queries/promql/check-promql";
import { queryFault } from "../queries/query-finding";
import { labelNames, type Series, type Vocabulary } from "../queries/series";
import { type Alert, type AnyAlert, alertPlace, severities } from "./alert";
import { checkCauses } from "./check-causes";
import { checkFields } from "./check-fields";
import { checkTexts } from "./check-texts";
import { checkUnits } from "./check-units";
import { outsideUnit, sideOf } from "./limit";
import { checkSamples, checkScenarios, checkShare } from "./stories/check-scenarios";

/** The context that an alert is checked against. */
export interface AlertContext {
  /** Causes that an alert may name. @default none */
  readonly causes?: readonly string[];
  /** The place of the faults of the alert. @default `alert <title>` */
  readonly place?: string;
}

/** Faults of an alert on metrics: in its name, limit, expression, texts, causes and scenarios. */
export function checkAlert(alert: Alert, vocabulary: Vocabulary, context: AlertContext = {}): Fault[] {
  const { place = alertPlace(alert) } = context;
  const lacking = checkFields(alert, place);
  if (lacking.length > 0) return lacking;
  return [
    ...checkForm(alert, checkPromql(alert.expression.text, vocabulary), context),
    ...checkSamples(alert, vocabulary, place),
  ];
}

/** Faults of an alert in any query language, except those of its expression. */
export function checkForm(
  alert: AnyAlert,
  { findings, series = [] }: CheckedQuery,
  { causes = [], place = alertPlace(alert) }: AlertContext = {},
): Fault[] {
  return [
    ...checkName(alert, place),
    ...checkSeverity(alert, place),
    ...checkLimit(alert, place),
    ...checkDurations(alert, place),
    ...checkVariables(alert.expression.text, place),
    ...checkTexts(alert, place),
    ...findings.map((finding) => queryFault(place, alert.expression.text, finding)),
    ...(findings.length === 0 ? checkLabels(alert, series, causes, place) : []),
    ...(findings.length === 0 ? checkUnits(alert, series, place) : []),
    ...(findings.length === 0 ? checkShare(alert, place) : []),
    ...checkScenarios(alert, place),
  ];
}

/** Only Grafana completes variables: in a rule, `[$__rate_interval]` is no range, and `$name` inserts no group. */
export function checkVariables(expression: string, place: string): Fault[] {
  const [found] = expression.match(/\$\{?[a-zA-Z_]\w*\}?|\[\[\w+\]\]/) ?? [];
  if (found === undefined) return [];
  const rule = "must contain no variable of Grafana: a rule is evaluated as it is written";
  return [{ place, rule, value: found, remedy: "write the value, such as `[5m]`" }];
}

/** Faults of the parts that depend on the labels of the expression. */
function checkLabels(alert: AnyAlert, series: readonly Series[], causes: readonly string[], place: string): Fault[] {
  return [
    ...checkSentences(alert, series, place),
    ...checkIdentity(alert, series, place),
    ...checkCardinality(series, place),
    ...checkCauses(alert, series, causes, place),
  ];
}

function checkName({ name }: AnyAlert, place: string): Fault[] {
  if (/^([A-Z][a-z0-9]*)+$/.test(name)) return [];
  return [{ place, rule: "must be named in PascalCase", value: name, remedy: "name it such as `RedisDown`" }];
}

/** Without a route for its severity, an alert notifies nobody. */
function checkSeverity({ severity }: AnyAlert, place: string): Fault[] {
  if (severities.includes(severity)) return [];
  const rule = `must be one of ${severities.join(", ")}`;
  return [
    {
      place: `${place}: severity`,
      rule,
      value: severity,
      remedy: "use `critical` to page, or `warning` to notify the chat",
    },
  ];
}

function checkLimit(alert: AnyAlert, place: string): Fault[] {
  const { limit } = alert;
  const reason = outsideUnit(limit);
  return reason === undefined
    ? []
    : [
        {
          place: `${place}: ${sideOf(alert)}`,
          rule: reason,
          value: `${limit}`,
          remedy:
            limit.unit === "ratio"
              ? "choose another limit, or write `factor(…)`, which may exceed 1"
              : "choose another limit, or another unit",
        },
      ];
}

function checkDurations(alert: AnyAlert, place: string): Fault[] {
  const given = { for: alert.for, keepFiringFor: alert.keepFiringFor };
  return Object.entries(given)
    .filter(([, duration]) => duration !== undefined && !isPossible(inSeconds(duration)))
    .map(([field, value]) => ({
      place: `${place}: ${field}`,
      rule: "must be a Prometheus duration above 0, and at most 292y",
      value: `${value}`,
      remedy: "write a number and a unit, such as `2m`",
    }));
}

function isPossible(seconds: number): boolean {
  return seconds > 0 && seconds <= longestSeconds;
}

/** A template may read only labels that every branch of an `or` has. */
function checkSentences({ summary, description }: AnyAlert, series: readonly Series[], place: string): Fault[] {
  const constant = summary.includes("{{")
    ? [
        {
          place: `${place}: summary`,
          rule: "must be the same for every alert of this name",
          value: summary,
          remedy: "move the variable part to the description",
        },
      ]
    : [];
  return [...constant, ...checkLabelsRead(description, series, `${place}: description`)];
}

/** Faults of labels that a template reads and that some series of the expression lack. */
export function checkLabelsRead(text: string, series: readonly Series[], place: string): Fault[] {
  const read = [...text.matchAll(/\$labels\.(\w+)|\.Labels\.(\w+)/g)].map(([, dollar, dot]) => dollar ?? dot ?? "");
  const lacking = read.filter((label) => series.some(({ labels, open }) => !open && !labels.has(label)));
  return lacking.map((label) => ({
    place,
    rule: `must not read the label "${label}", which ${series.length > 1 ? "a branch of " : ""}the expression lacks`,
    remedy: `keep it in every branch, such as by "sum by (${label}) (…)", or remove it from the text`,
  }));
}

/** The scenarios identify each firing series by these labels, and check that no other label distinguishes two of them. */
function checkIdentity({ on = [] }: AnyAlert, series: readonly Series[], place: string): Fault[] {
  if (series.some(({ open }) => open)) return [];
  const labels = labelNames(series).filter((name) => name !== "__name__");
  const [lacking, stray] = [labels.filter((name) => !on.includes(name)), on.filter((name) => !labels.includes(name))];
  if (lacking.length === 0 && stray.length === 0) return [];
  const rule = `must name the labels of its expression: ${labels.join(", ") || "none"}`;
  return [
    { place: `${place}: on`, rule, value: on.join(", "), remedy: "correct `on`, or the grouping of the measure" },
  ];
}

/** Each value of an unbounded label would be a separate notification. */
function checkCardinality(series: readonly Series[], place: string): Fault[] {
  return labelNames(series)
    .filter((label) => /^(path|url|user_id|request_id|trace_id|organization_id)$/.test(label))
    .map((label) => ({
      place,
      rule: `must not fire once for every "${label}"`,
      remedy: "aggregate that label away",
    }));
}
