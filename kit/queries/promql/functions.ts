import { anyOperator, hasVariable } from "../grafana-variables";
import { dropLabels } from "../grouping";
import { suggestion } from "../matching";
import type { Report } from "../query-finding";
import { re2Finding } from "../regular-expression";
import { replacementFindings } from "../replacement";
import {
  computed,
  dropBounds,
  dropNames,
  type Label,
  labelNames,
  labelOf,
  lacks,
  type Series,
  setUnit,
} from "../series";
import type { Expression } from "./expression";
import { callUnit } from "./units";

/** Functions that read the increase of a counter. */
const ofCounters = new Set(["rate", "irate", "increase"]);
/** Functions that read a counter's reset as a decrease. */
const ofGauges = new Set([
  "delta",
  "idelta",
  "deriv",
  "predict_linear",
  "double_exponential_smoothing",
  "holt_winters",
]);
/** Functions that read whether, when or how often there are samples, and never their values. */
const ofExistence =
  /^(changes|resets|count_over_time|present_over_time|timestamp|ts_of_\w+|start_timestamp|minute|hour|day_\w+|days_\w+|month|year)$/;

/**
 * Gauges with a point in time, which a rate compares with the passing time.
 * @see https://prometheus.io/docs/practices/naming/#metric-names
 */
const timestamp = /_timestamp(_in)?(_(milli)?seconds)?$/;

/** Functions that select or rename series and keep the values of the metric. */
const ofSelection = /^((first|last)_over_time|sort\w*|label_replace|label_join|info)$/;
/** Functions whose result does not exceed the largest value of the operand. */
const ofBounds = /^((max|min|avg|quantile)_over_time|histogram_quantile|clamp_max)$/;

/** The result of a function for its vector: labels, and facts about the values. */
export function applyFunction(
  call: Expression & { kind: "call" },
  series: readonly Series[],
  report: Report,
): readonly Series[] {
  const measured = series.map((one) => setUnit(one, callUnit(call.name, one)));
  const result = inferResult(call, measured, report);
  if (ofSelection.test(call.name)) return result;
  return dropNames(ofBounds.test(call.name) ? result : dropBounds(result));
}

function inferResult(
  call: Expression & { kind: "call" },
  series: readonly Series[],
  report: Report,
): readonly Series[] {
  const { name } = call;
  if (name === anyOperator) return anyResult(series);
  if (ofCounters.has(name)) {
    // A group without a metric is a constant, such as the 0 that replaces an absent counter.
    const gauge = series.find(
      ({ kind, metric }) => kind === "gauge" && metric !== undefined && !timestamp.test(metric),
    );
    const remedy = "use delta() or deriv(), or query a counter";
    if (gauge) report(call, `${name}() must not be used on a gauge: ${gauge.metric} also falls`, remedy);
    return asGauges(series);
  }
  if (ofGauges.has(name)) {
    const counter = series.find(({ kind }) => kind === "counter");
    if (counter)
      report(
        call,
        `${name}() must not be used on a counter: ${counter.metric} restarts at 0`,
        "use rate() or increase()",
      );
    return asGauges(series);
  }
  if (ofExistence.test(name)) return asGauges(series);
  if (/^absent(_over_time)?$/.test(name)) return [absentSeries(call.operands[0], series)];
  if (name === "label_replace") return series.map((one) => replaceLabel(one, call, series, report));
  if (name === "label_join") return joinLabels(call, series, report);
  if (/^histogram_(quantile|fraction)s?$/.test(name)) return histogramQuantiles(call, series, report);
  if (/^histogram_/.test(name)) return asGauges(series);
  if (name === "info") return series.map((one) => ({ ...one, open: true }));
  return series;
}

/** The result is no counter. A possible native histogram stays one. */
export function asGauges(series: readonly Series[]): readonly Series[] {
  return series.map((one) => (one.kind === "counter" ? { ...one, kind: "gauge" } : one));
}

/** The result of an operator that Grafana inserts: any additional labels, and values of any kind. */
export function anyResult(series: readonly Series[]): readonly Series[] {
  return dropNames(dropBounds(series)).map((one) => ({ ...one, open: true, kind: "unknown" }));
}

/** `absent` keeps only the labels of equality matchers. */
function absentSeries(operand: Expression | undefined, series: readonly Series[]): Series {
  const selector = operand?.kind === "range" ? operand.of : operand;
  const matchers = selector?.kind === "selector" ? selector.matchers : [];
  const exact = matchers.filter(({ operator, value }) => operator === "=" && value !== "");
  const single = exact.filter(({ label }) => matchers.filter((other) => other.label === label).length === 1);
  const labels = new Map(single.map(({ label, value }): [string, Label] => [label, { values: [value] }]));
  return { labels, open: series.length === 0, kind: "gauge", unit: "flag" };
}

/** Parts of a histogram with `le`; other names may be native histograms. */
const classic = /_(bucket|sum|count)$/;

function histogramQuantiles(
  call: Expression & { kind: "call" },
  series: readonly Series[],
  report: Report,
): readonly Series[] {
  const lost = series.find(
    (one) => !one.open && !one.labels.has("le") && (one.kind !== "unknown" || classic.test(one.metric ?? "")),
  );
  if (lost) report(call, `${call.name}() needs the label "le"`, "keep it: sum by (le, …) (rate(…_bucket[5m]))");
  return series.map((one) => {
    const most = call.name === "histogram_quantile" ? highestFinite(one.labels.get("le")) : undefined;
    return { ...dropLabels(one, ["le"]), ...(most !== undefined && { most }) };
  });
}

/** The bound of the last finite bucket, which `histogram_quantile` returns for all larger values. */
function highestFinite(le: Label | undefined): number | undefined {
  const bounds = (le?.values ?? []).map(Number).filter(Number.isFinite);
  return bounds.length > 0 ? Math.max(...bounds) : undefined;
}

function replaceLabel(
  one: Series,
  { operands }: Expression & { kind: "call" },
  all: readonly Series[],
  report: Report,
): Series {
  const [, target, replacement, from, regex] = operands.map(stringValue) as [string, string, string, string, string];
  if (one === all[0]) {
    if (from !== "") checkRead("label_replace", operands[3], all, report);
    const invalid = hasVariable(regex) ? undefined : re2Finding(regex);
    if (invalid && operands[4]) report(operands[4], invalid.rule, invalid.remedy);
    else checkReplacement(operands[2], regex, report);
  }
  const source = labelOf(one, from) ?? { ...computed, optional: true };
  const whole = /^\(?\.[*+]\)?$/.test(regex) || regex === "";
  const copied = whole && /^\$(1|\{1\})$/.test(replacement);
  if (copied) return setLabel(one, target, source);
  const before = one.labels.get(target);
  const constant = !replacement.includes("$") && replacement !== "";
  if (whole && constant) return setLabel(one, target, { values: [replacement] });
  const mayLack = !before || before.optional === true;
  return setLabel(one, target, { ...computed, ...(mayLack && { optional: true }) });
}

function joinLabels(
  { operands }: Expression & { kind: "call" },
  series: readonly Series[],
  report: Report,
): readonly Series[] {
  for (const read of operands.slice(3)) checkRead("label_join", read, series, report);
  return series.map((one) => setLabel(one, stringValue(operands[1]), computed));
}

/** The label that a function reads; a missing label is an empty text. */
function checkRead(by: string, read: Expression | undefined, series: readonly Series[], report: Report): void {
  const label = stringValue(read);
  if (!read || hasVariable(label) || !lacks(series, label)) return;
  report(read, `${by} reads "${label}", which the operand lacks`, suggestion(label, labelNames(series)));
}

function checkReplacement(replacement: Expression | undefined, regex: string, report: Report): void {
  if (!replacement) return;
  for (const { rule, remedy } of replacementFindings(regex, stringValue(replacement)))
    report(replacement, rule, remedy);
}

export function setLabel(series: Series, name: string, label: Label): Series {
  if (hasVariable(name)) return { ...series, open: true };
  return { ...series, labels: new Map(series.labels).set(name, label) };
}

function stringValue(operand: Expression | undefined): string {
  return operand?.kind === "string" ? operand.value : "";
}
