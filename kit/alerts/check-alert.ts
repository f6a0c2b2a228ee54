import type { Fault } from "../../faults";
import { inSeconds } from "../queries/duration";
import { faultOf } from "../queries/finding";
import { type Checked, checkPromql } from "../queries/promql/check-promql";
import { labelNames, type Series, type Vocabulary } from "../queries/series";
import { type Alert, type AnyAlert, severities } from "./alert";
import { checkCauses } from "./check-causes";
import { checkSamples, checkScenarios } from "./check-scenarios";
import { outsideUnit } from "./limit";

/** What is wrong with an alert: its name, limit, expression, sentences, scenarios. */
export function checkAlert(alert: Alert, vocabulary: Vocabulary): Fault[] {
  return [
    ...checkForm(alert, checkPromql(alert.expression.text, vocabulary)),
    ...checkSamples(alert, vocabulary, `alert ${alert.title}`),
  ];
}

/** The same of an alert of any language, whose expression was checked. */
export function checkForm(alert: AnyAlert, { findings, series = [] }: Checked): Fault[] {
  const place = `alert ${alert.title}`;
  return [
    ...name(alert, place),
    ...severity(alert, place),
    ...limit(alert, place),
    ...durations(alert, place),
    ...findings.map((finding) => faultOf(place, alert.expression.text, finding)),
    ...(findings.length === 0 ? read(alert, series, place) : []),
    ...checkScenarios(alert, place),
  ];
}

/** What its labels and sentences take from the expression. */
function read(alert: AnyAlert, series: readonly Series[], place: string): Fault[] {
  return [...sentences(alert, series, place), ...unbounded(series, place), ...checkCauses(alert, series, place)];
}

function name({ name }: AnyAlert, place: string): Fault[] {
  if (/^([A-Z][a-z0-9]*)+$/.test(name)) return [];
  return [{ place, rule: "must be named in PascalCase", value: name, remedy: "name it such as `ErpDown`" }];
}

/** Alertmanager sends what it has no route for to nobody. */
function severity({ severity }: AnyAlert, place: string): Fault[] {
  if (severities.includes(severity)) return [];
  const rule = `must be ${severities.join(", ")}`;
  return [{ place: `${place}: severity`, rule, value: severity, remedy: "`critical` pages, `warning` goes to chat" }];
}

function limit({ limit, comparison }: AnyAlert, place: string): Fault[] {
  const side = comparison === ">" ? "above" : "below";
  const reason = outsideUnit(limit);
  return reason === undefined
    ? []
    : [
        {
          place: `${place}: ${side}`,
          rule: reason,
          value: `${limit}`,
          remedy: "choose another limit, or another unit",
        },
      ];
}

function durations(alert: AnyAlert, place: string): Fault[] {
  const given = { for: alert.for, keepFiringFor: alert.keepFiringFor };
  return Object.entries(given)
    .filter(([, duration]) => duration !== undefined && !(inSeconds(duration) > 0))
    .map(([field, value]) => ({
      place: `${place}: ${field}`,
      rule: "must be a duration in Prometheus' form",
      value: `${value}`,
      remedy: "write a number and a unit, such as `2m`",
    }));
}

/** Labels that a template reads must be there whichever branch of an `or` made the alert. */
function sentences({ summary, description }: AnyAlert, series: readonly Series[], place: string): Fault[] {
  const constant = summary.includes("{{")
    ? [
        {
          place: `${place}: summary`,
          rule: "must be the same for every alert of this name",
          value: summary,
          remedy: "move what varies to the description",
        },
      ]
    : [];
  const read = [...description.matchAll(/\$labels\.(\w+)|\.Labels\.(\w+)/g)].map(
    ([, dollar, dot]) => dollar ?? dot ?? "",
  );
  const lacking = read.filter((label) => series.some(({ labels, open }) => !open && !labels.has(label)));
  return [
    ...constant,
    ...lacking.map((label) => ({
      place: `${place}: description`,
      rule: `reads the label "${label}", which ${series.length > 1 ? "a branch of " : ""}the expression lacks`,
      remedy: `carry it through every branch, such as by "sum by (${label}) (…)", or leave it out of the sentence`,
    })),
  ];
}

/** A label whose values nobody bounds makes one notification of each. */
function unbounded(series: readonly Series[], place: string): Fault[] {
  return labelNames(series)
    .filter((label) => /^(path|url|user_id|request_id|trace_id|organization_id)$/.test(label))
    .map((label) => ({
      place,
      rule: `must not fire once for every "${label}"`,
      remedy: "sum that label away",
    }));
}
